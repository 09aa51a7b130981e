import { z } from 'zod';
import { route } from '@/lib/http/route';
import { whoAmI } from '@/lib/users/who-am-i';
import packageJson from '@/package.json';

const { version } = packageJson;

export const GET = route(
  {
    summary: 'Whether Cenclave can take work; for administrators of a protected server, with what it uses',
    access: 'open',
    answers: {
      200: z.object({
        status: z.literal('ok'),
        version: z.string(),
        ffmpeg: z.string().optional(),
        packager: z.string().optional(),
        sandbox: z.enum(['bubblewrap', 'none']).optional(),
        warnings: z
          .array(z.string())
          .optional()
          .describe('What the operator could improve, a sentence each.'),
      }),
      503: z.object({ status: z.literal('starting'), version: z.string(), reason: z.string() }),
    },
  },
  async ({ acting, answer }) => {
    const { tools, sandbox, warnings } = acting.health;
    if (!tools) return answer(503, { status: 'starting', version, reason: 'Cenclave is starting.' });
    const isForOperator = whoAmI(acting).permissions.includes('system.read');
    return answer(200, { status: 'ok', version, ...(isForOperator ? { ...tools, sandbox, warnings } : {}) });
  },
);
