import { z } from 'zod';
import { route } from '@/lib/http/route';
import { listSessions, signedIn } from '@/lib/users/manage-users';
import { sessionView, sessionViewSchema } from '@/lib/users/session-view';

export const GET = route(
  {
    summary: "List one's own sessions, the latest first",
    access: 'account.manage',
    answers: { 200: z.object({ items: z.array(sessionViewSchema) }) },
  },
  async ({ acting, answer }) => {
    const { sessionId } = signedIn(acting);
    const items = (await listSessions(acting)).map((session) => sessionView(session, sessionId));
    return answer(200, { items });
  },
);
