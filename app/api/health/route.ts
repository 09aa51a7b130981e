import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import packageJson from '@/package.json';

/** Whether Cenclave can take work. */
export const GET = handle(async ({ acting }) => {
  const { tools, sandbox, warnings } = acting.health;
  const { version } = packageJson;
  if (!tools) return json(503, { status: 'starting', version, reason: 'Cenclave is starting.' });
  return json(200, { status: 'ok', version, ...tools, sandbox, warnings });
});
