import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { packageView } from '@/lib/packages/package-view';
import { retryPackage } from '@/lib/packages/retry-package';

export const POST = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(202, packageView(retryPackage(acting, parseId(id)))),
);
