import { z } from 'zod';
import { route } from '@/lib/http/route';
import { changeRole, deleteUser } from '@/lib/users/manage-users';
import { roleField } from '@/lib/users/user-request';
import { userParams, userView, userViewSchema } from '@/lib/users/user-view';

export const PATCH = route(
  {
    summary: 'Change the role of a user',
    access: 'user.manage',
    params: userParams,
    body: z.object({ role: roleField }),
    answers: { 200: userViewSchema },
  },
  async ({ acting, params, body, answer }) =>
    answer(200, userView(await changeRole(acting, params.id, body.role))),
);

export const DELETE = route(
  {
    summary: 'Delete a user; the videos go to the administrators',
    access: 'user.manage',
    params: userParams,
    answers: { 204: null },
  },
  async ({ acting, params, answer }) => {
    await deleteUser(acting, params.id);
    return answer(204);
  },
);
