import { route } from '@/lib/http/route';
import { endSession } from '@/lib/users/manage-users';
import { userParams } from '@/lib/users/user-view';

export const DELETE = route(
  {
    summary: "End one of one's own sessions",
    access: 'account.manage',
    params: userParams,
    answers: { 204: null },
  },
  async ({ acting, params, answer }) => {
    await endSession(acting, params.id);
    return answer(204);
  },
);
