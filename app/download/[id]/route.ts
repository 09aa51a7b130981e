import { create as contentDisposition } from 'content-disposition';
import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { sendFile } from '@/lib/http/send-file';
import { openDownload } from '@/lib/packages/open-download';

/** Caches must revalidate it, because the file behind the address may be replaced. */
export const GET = route(
  {
    summary: 'Download the encrypted MP4 of a package',
    access: 'download',
    params: idParams,
    answers: { 200: { file: 'video/mp4' } },
  },
  async ({ acting, params, request }) => {
    const { file, name } = await openDownload(acting, params.id);
    const disposition = contentDisposition(name);
    const acceleratedBelow = acting.settings.X_ACCEL_PREFIX;
    const options = { type: 'video/mp4', cacheControl: 'no-cache', disposition, acceleratedBelow };
    return sendFile(request, file, options);
  },
);
