import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import { licenseRequestSchema } from '@/lib/keys/clearkey-license';
import { issueLicense } from '@/lib/packages/issue-license';

export const POST = handle<{ id: string }>(async (request, { id }) => {
  const asked = await readJson(request, licenseRequestSchema);
  return json(200, issueLicense(context(), parseId(id), asked));
});
