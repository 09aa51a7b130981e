import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import { packageFields, readContentKey } from '@/lib/packages/package-request';
import { packageView } from '@/lib/packages/package-view';
import { rekeyPackage } from '@/lib/packages/rekey-package';

/** New keys for a package: those given, or generated ones. */
export const POST = handle<{ id: string }>(async (request, { id }) => {
  const key = readContentKey(await readJson(request, packageFields));
  return json(202, packageView(rekeyPackage(context(), parseId(id), key)));
});
