import { health } from '@/lib/health';
import { json } from '@/lib/http/json';
import packageJson from '@/package.json';

/** Whether Cenclave can take work. */
export const GET = async () => {
  const { tools, sandbox, warnings } = health();
  const { version } = packageJson;
  if (!tools) return json(503, { status: 'starting', version, reason: 'Cenclave is starting.' });
  return json(200, { status: 'ok', version, ...tools, sandbox, warnings });
};
