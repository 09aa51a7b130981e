import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import {
  packageFields,
  readContentKey,
  readKeyMode,
  readPriority,
  readScheme,
  readSignalling,
} from '@/lib/packages/package-request';
import { packageView } from '@/lib/packages/package-view';
import { requestPackage } from '@/lib/packages/request-package';

export const POST = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const fields = await readJson(request, packageFields);
  const options = {
    key: readContentKey(fields),
    scheme: readScheme(fields),
    keyMode: readKeyMode(fields),
    signalling: readSignalling(fields),
    priority: readPriority(fields),
  };
  const view = packageView(requestPackage(acting, parseId(id), options));
  return json(202, view, { Location: view.links.self });
});
