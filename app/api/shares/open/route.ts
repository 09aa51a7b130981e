import { z } from 'zod';
import { setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { openShare } from '@/lib/shares/manage-shares';
import { givenPasswordField, secretField } from '@/lib/users/user-request';

/** A POST: programs that only look at a link, to show what it leads to, count no view. */
export const POST = route(
  {
    summary: 'Open a share link in this browser',
    access: 'open',
    body: z.object({ secret: secretField, password: givenPasswordField.optional() }),
    answers: {
      200: z.object({
        play: z.string().nullable().describe('The page that plays it; null while a password is needed.'),
      }),
    },
  },
  async ({ acting, body, request, answer }) => {
    const cookie = request.headers.get('cookie') ?? '';
    const opened = await openShare(acting, body.secret, body.password, cookie);
    if (opened === 'password-needed') return answer(200, { play: null });
    setCookies([opened.cookie]);
    return answer(200, { play: `/play/${opened.packageId}` });
  },
);
