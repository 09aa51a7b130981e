import { route } from '@/lib/http/route';
import { inviteAgain } from '@/lib/users/manage-users';
import { invitationView, invitationViewSchema, userParams } from '@/lib/users/user-view';

export const POST = route(
  {
    summary: 'Make a new link by which a user sets a password',
    access: 'user.manage',
    params: userParams,
    answers: { 201: invitationViewSchema },
  },
  async ({ acting, params, answer }) => answer(201, invitationView(await inviteAgain(acting, params.id))),
);
