import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { packageView } from '@/lib/packages/package-view';
import { retryPackage } from '@/lib/packages/retry-package';

export const POST = handle<{ id: string }>(async (_, { id }) =>
  json(202, packageView(retryPackage(context(), parseId(id)))),
);
