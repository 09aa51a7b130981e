import { z } from 'zod';
import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { revealKeys } from '@/lib/packages/reveal-keys';

const keySchema = z.object({
  label: z.enum(['all', 'audio', 'sd', 'hd', 'uhd', 'download']).describe('The tracks that it is for.'),
  kidHex: z.string(),
  keyHex: z.string(),
});

export const GET = route(
  {
    summary: 'Get the content keys of a package',
    access: 'key.read',
    params: idParams,
    answers: { 200: z.object({ keys: z.array(keySchema) }) },
  },
  async ({ acting, params, answer }) => answer(200, { keys: await revealKeys(acting, params.id) }),
);
