import { z } from 'zod';
import { route } from '@/lib/http/route';
import { invitedUser } from '@/lib/users/invitations';
import { secretField } from '@/lib/users/user-request';

/** A POST, so that the secret is in no address. */
export const POST = route(
  {
    summary: 'Who is invited by a link',
    access: 'open',
    body: z.object({ secret: secretField }),
    answers: { 200: z.object({ name: z.string(), email: z.string() }) },
  },
  async ({ acting, body, answer }) => {
    const { name, email } = await invitedUser(acting, body.secret);
    return answer(200, { name, email });
  },
);
