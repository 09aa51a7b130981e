import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { uploadLimits, uploadVideo } from '@/lib/videos/upload-video';

/** Legacy API: upload. `POST /` is rewritten to here when its body is a form (next.config.ts). */
export const POST = handle(async (request) => {
  const video = await receiveUpload(request, uploadLimits(context()), (file) => uploadVideo(context(), file));
  return json(200, { input_content_id: video.id });
});
