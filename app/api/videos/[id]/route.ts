import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { changeVideo, videoChangesSchema } from '@/lib/videos/change-video';
import { deleteVideo } from '@/lib/videos/delete-video';
import { getVideo } from '@/lib/videos/get-video';
import { videoViewSchema } from '@/lib/videos/video-view';

export const GET = route(
  { summary: 'Get a video', access: 'video.read', params: idParams, answers: { 200: videoViewSchema } },
  async ({ acting, params, answer }) => answer(200, await getVideo(acting, params.id)),
);

export const PATCH = route(
  {
    summary: 'Change the title or the description of a video, or who may watch it',
    access: 'video.write',
    params: idParams,
    body: videoChangesSchema,
    answers: { 200: videoViewSchema },
  },
  async ({ acting, params, body, answer }) => answer(200, await changeVideo(acting, params.id, body)),
);

export const DELETE = route(
  {
    summary: 'Delete a video with its packages',
    access: 'video.write',
    params: idParams,
    answers: { 204: null },
  },
  async ({ acting, params, answer }) => {
    await deleteVideo(acting, params.id);
    return answer(204);
  },
);
