import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { revealKeys } from '@/lib/packages/reveal-keys';

/** The content keys in the clear, for users who want to decrypt the download. */
export const GET = handle<{ id: string }>(async (_, { id }) =>
  json(200, { keys: revealKeys(context(), parseId(id)) }),
);
