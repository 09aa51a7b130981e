import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView } from '@/lib/packages/package-view';

export const POST = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(202, packageView(cancelPackage(acting, parseId(id)))),
);
