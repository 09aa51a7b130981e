import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import { licenseRequestSchema } from '@/lib/keys/clearkey-license';
import { issueLicense } from '@/lib/packages/issue-license';

/**
 * Shaka Player and hls.js send the request without a content type, other players as bytes; dash.js sends
 * application/json.
 */
const licenseTypes = ['application/json', 'application/octet-stream', ''];

export const POST = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const asked = await readJson(request, licenseRequestSchema, licenseTypes);
  return json(200, issueLicense(acting, parseId(id), asked));
});
