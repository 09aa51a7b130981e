import { create as contentDisposition } from 'content-disposition';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { sendFile } from '@/lib/http/send-file';
import { openDownload } from '@/lib/packages/open-download';

/** The encrypted MP4. Caches must revalidate it, because the file behind the address may be replaced. */
export const GET = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const { file, name } = await openDownload(acting, parseId(id));
  const disposition = contentDisposition(name);
  const acceleratedBelow = acting.settings.X_ACCEL_PREFIX;
  const options = { type: 'video/mp4', cacheControl: 'no-cache', disposition, acceleratedBelow };
  return sendFile(request, file, options);
});
