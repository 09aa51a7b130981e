import { z } from 'zod';
import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { changePassword } from '@/lib/users/manage-users';
import { givenPasswordField, newPasswordField } from '@/lib/users/user-request';

export const PUT = route(
  {
    summary: "Change one's own password; all other sessions end",
    access: 'account.manage',
    body: z.object({ currentPassword: givenPasswordField, newPassword: newPasswordField }),
    answers: { 204: null },
  },
  async ({ acting, body, request, answer }) => {
    setCookies(await changePassword(acting, body, sessionHeaders(request)));
    return answer(204);
  },
);
