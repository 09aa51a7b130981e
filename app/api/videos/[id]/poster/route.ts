import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { sendFile } from '@/lib/http/send-file';
import { openPoster } from '@/lib/videos/poster';

export const GET = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const file = await openPoster(acting, parseId(id));
  const acceleratedBelow = acting.settings.X_ACCEL_PREFIX;
  const options = { type: 'image/jpeg', cacheControl: 'private, max-age=3600', acceleratedBelow };
  return sendFile(request, file, options);
});
