import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { uploadLimits, uploadVideo } from '@/lib/videos/upload-video';

/** Legacy API: upload. `POST /` is rewritten to here when its body is a form (next.config.ts). */
export const POST = handle(async ({ acting, request }) => {
  const video = await receiveUpload(acting, request, uploadLimits(acting), (file) =>
    uploadVideo(acting, file),
  );
  return json(200, { input_content_id: video.id });
});
