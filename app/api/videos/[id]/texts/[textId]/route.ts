import { textParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { deleteText } from '@/lib/videos/delete-text';

export const DELETE = route(
  { summary: 'Delete a text track', access: 'video.write', params: textParams, answers: { 204: null } },
  async ({ acting, params, answer }) => {
    await deleteText(acting, params.id, params.textId);
    return answer(204);
  },
);
