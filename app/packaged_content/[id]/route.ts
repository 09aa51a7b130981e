import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { requirePackage } from '@/lib/packages/get-package';
import { legacyPackageView } from '@/lib/packages/legacy-package';

/** Legacy API: the status of a package. */
export const GET = handle<{ id: string }>(async ({ acting, request, params: { id } }) =>
  json(200, legacyPackageView(requirePackage(acting, parseId(id)), request)),
);
