import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { deleteVideo } from '@/lib/videos/delete-video';
import { getVideo } from '@/lib/videos/get-video';

export const GET = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(200, getVideo(acting, parseId(id))),
);

export const DELETE = handle<{ id: string }>(async ({ acting, params: { id } }) => {
  await deleteVideo(acting, parseId(id));
  return new Response(null, { status: 204 });
});
