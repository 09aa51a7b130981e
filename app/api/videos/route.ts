import { z } from 'zod';
import { pageQuery, pageRequest, pageSchema } from '@/lib/http/page';
import { receiveUpload } from '@/lib/http/receive-upload';
import { route } from '@/lib/http/route';
import { uploadLimits } from '@/lib/http/upload-limits';
import { listVideos } from '@/lib/videos/list-videos';
import { uploadVideo } from '@/lib/videos/upload-video';
import { videoView, videoViewSchema } from '@/lib/videos/video-view';

export const GET = route(
  {
    summary: 'List videos with their packages, newest first',
    access: 'video.read',
    query: pageQuery,
    answers: { 200: pageSchema(videoViewSchema) },
  },
  async ({ acting, query, answer }) => answer(200, await listVideos(acting, pageRequest(query))),
);

export const POST = route(
  {
    summary: 'Upload a video',
    access: 'video.write',
    form: { file: 'The video.', fields: z.object({}) },
    answers: { 201: videoViewSchema },
  },
  async ({ acting, request, answer }) => {
    const video = await receiveUpload(acting, request, uploadLimits(acting), (file) =>
      uploadVideo(acting, file),
    );
    return answer(201, videoView(video, []), { Location: `/api/videos/${video.id}` });
  },
);
