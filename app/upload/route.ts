import { z } from 'zod';
import { receiveUpload } from '@/lib/http/receive-upload';
import { route } from '@/lib/http/route';
import { uploadLimits } from '@/lib/http/upload-limits';
import { uploadVideo } from '@/lib/videos/upload-video';

export const POST = route(
  {
    summary: 'Upload a video (legacy)',
    access: 'video.write',
    form: { file: 'The video.', fields: z.object({}) },
    answers: { 200: z.object({ input_content_id: z.number() }) },
  },
  async ({ acting, request, answer }) => {
    const video = await receiveUpload(acting, request, uploadLimits(acting), (file) =>
      uploadVideo(acting, file),
    );
    return answer(200, { input_content_id: video.id });
  },
);
