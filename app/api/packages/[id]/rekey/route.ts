import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import { readContentKey, readRevoke, rekeyFields } from '@/lib/packages/package-request';
import { packageView } from '@/lib/packages/package-view';
import { rekeyPackage } from '@/lib/packages/rekey-package';

/** New keys for a package, given or generated; with `revoke` the older keys end at once. */
export const POST = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const fields = await readJson(request, rekeyFields);
  const record = rekeyPackage(acting, parseId(id), readContentKey(fields), readRevoke(fields));
  return json(202, packageView(record));
});
