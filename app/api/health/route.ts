import { z } from 'zod';
import { route } from '@/lib/http/route';
import packageJson from '@/package.json';

const { version } = packageJson;

export const GET = route(
  {
    summary: 'Whether Cenclave can take work',
    access: 'open',
    answers: {
      200: z.object({
        status: z.literal('ok'),
        version: z.string(),
        ffmpeg: z.string(),
        packager: z.string(),
        sandbox: z.enum(['bubblewrap', 'none']),
        warnings: z.array(z.string()).describe('What the operator could improve, a sentence each.'),
      }),
      503: z.object({ status: z.literal('starting'), version: z.string(), reason: z.string() }),
    },
  },
  async ({ acting, answer }) => {
    const { tools, sandbox, warnings } = acting.health;
    if (!tools) return answer(503, { status: 'starting', version, reason: 'Cenclave is starting.' });
    return answer(200, { status: 'ok', version, ...tools, sandbox, warnings });
  },
);
