import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView } from '@/lib/packages/package-view';

export const POST = handle<{ id: string }>(async (_, { id }) =>
  json(202, packageView(cancelPackage(context(), parseId(id)))),
);
