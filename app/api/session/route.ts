import { z } from 'zod';
import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { signIn, signOut } from '@/lib/users/sign-in';
import { emailField, givenPasswordField } from '@/lib/users/user-request';
import { whoAmI, whoAmISchema } from '@/lib/users/who-am-i';

export const GET = route(
  { summary: 'Who is signed in, and what is allowed', access: 'open', answers: { 200: whoAmISchema } },
  async ({ acting, answer }) => answer(200, whoAmI(acting)),
);

export const POST = route(
  {
    summary: 'Sign in with a password',
    access: 'open',
    body: z.object({ email: emailField, password: givenPasswordField }),
    answers: { 204: null },
  },
  async ({ acting, body, request, answer }) => {
    setCookies(await signIn(acting, body, sessionHeaders(request)));
    return answer(204);
  },
);

export const DELETE = route(
  { summary: 'Sign out', access: 'open', answers: { 204: null } },
  async ({ acting, request, answer }) => {
    setCookies(await signOut(acting, sessionHeaders(request)));
    return answer(204);
  },
);
