import { z } from 'zod';
import { receiveUpload } from '@/lib/http/receive-upload';
import { route } from '@/lib/http/route';
import { uploadLimits } from '@/lib/http/upload-limits';
import { viewOf } from '@/lib/videos/get-video';
import { listVideos, videoPageSchema } from '@/lib/videos/list-videos';
import { uploadVideo } from '@/lib/videos/upload-video';
import { videoQuery } from '@/lib/videos/video-query';
import { videoViewSchema } from '@/lib/videos/video-view';

export const GET = route(
  {
    summary: 'List, search, sort and filter videos, with their packages',
    access: 'video.read',
    query: videoQuery,
    answers: { 200: videoPageSchema },
  },
  async ({ acting, query, answer }) => answer(200, await listVideos(acting, query)),
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
    return answer(201, await viewOf(acting, video), { Location: `/api/videos/${video.id}` });
  },
);
