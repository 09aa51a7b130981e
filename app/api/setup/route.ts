import { z } from 'zod';
import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { setUp } from '@/lib/users/invitations';
import { emailField, nameField, newPasswordField, secretField } from '@/lib/users/user-request';

export const POST = route(
  {
    summary: 'Create the first administrator',
    access: 'open',
    body: z.object({ token: secretField, name: nameField, email: emailField, password: newPasswordField }),
    answers: { 204: null },
  },
  async ({ acting, body, request, answer }) => {
    setCookies(await setUp(acting, body, sessionHeaders(request)));
    return answer(204);
  },
);
