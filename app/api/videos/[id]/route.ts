import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { deleteVideo } from '@/lib/videos/delete-video';
import { getVideo } from '@/lib/videos/get-video';
import { videoViewSchema } from '@/lib/videos/video-view';

export const GET = route(
  { summary: 'Get a video', access: 'video.read', params: idParams, answers: { 200: videoViewSchema } },
  async ({ acting, params, answer }) => answer(200, await getVideo(acting, params.id)),
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
