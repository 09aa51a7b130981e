import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { revokeToken } from '@/lib/tokens/manage-tokens';

export const DELETE = route(
  { summary: 'Revoke an API token', access: 'token.manage', params: idParams, answers: { 204: null } },
  async ({ acting, params, answer }) => {
    await revokeToken(acting, params.id);
    return answer(204);
  },
);
