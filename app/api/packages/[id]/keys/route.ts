import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { revealKeys } from '@/lib/packages/reveal-keys';

/** The content keys in the clear, for users who want to decrypt the download. */
export const GET = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(200, { keys: revealKeys(acting, parseId(id)) }),
);
