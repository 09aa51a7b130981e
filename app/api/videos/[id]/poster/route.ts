import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { sendFile } from '@/lib/http/send-file';
import { openPoster } from '@/lib/videos/poster';

export const GET = route(
  {
    summary: 'Get the poster of a video',
    access: 'play',
    params: idParams,
    answers: { 200: { file: 'image/jpeg' } },
  },
  async ({ acting, params, request }) => {
    const file = await openPoster(acting, params.id);
    const acceleratedBelow = acting.settings.X_ACCEL_PREFIX;
    const options = { type: 'image/jpeg', cacheControl: 'private, max-age=3600', acceleratedBelow };
    return sendFile(request, file, options);
  },
);
