import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { revokeShare } from '@/lib/shares/manage-shares';

export const DELETE = route(
  { summary: 'Revoke a share link', access: 'share.manage', params: idParams, answers: { 204: null } },
  async ({ acting, params, answer }) => {
    await revokeShare(acting, params.id);
    return answer(204);
  },
);
