import { z } from 'zod';
import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { acceptInvitation } from '@/lib/users/invitations';
import { newPasswordField, secretField } from '@/lib/users/user-request';

export const POST = route(
  {
    summary: 'Set a password by the link of an invitation, and sign in',
    access: 'open',
    body: z.object({ secret: secretField, password: newPasswordField }),
    answers: { 204: null },
  },
  async ({ acting, body, request, answer }) => {
    setCookies(await acceptInvitation(acting, body, sessionHeaders(request)));
    return answer(204);
  },
);
