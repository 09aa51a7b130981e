import { z } from 'zod';
import { route } from '@/lib/http/route';
import { createUser, listUsers } from '@/lib/users/manage-users';
import { emailField, nameField, roleField } from '@/lib/users/user-request';
import { invitationView, invitationViewSchema, userView, userViewSchema } from '@/lib/users/user-view';

export const GET = route(
  {
    summary: 'List users, by name',
    access: 'user.manage',
    answers: { 200: z.object({ items: z.array(userViewSchema) }) },
  },
  async ({ acting, answer }) => answer(200, { items: (await listUsers(acting)).map(userView) }),
);

export const POST = route(
  {
    summary: 'Create a user, with a link to set the password',
    access: 'user.manage',
    body: z.object({ name: nameField, email: emailField, role: roleField }),
    answers: { 201: z.object({ user: userViewSchema, invitation: invitationViewSchema }) },
  },
  async ({ acting, body, answer }) => {
    const { user, invitation } = await createUser(acting, body);
    return answer(201, { user: userView(user), invitation: invitationView(invitation) });
  },
);
