import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { licenseRequestSchema, licenseSchema } from '@/lib/keys/clearkey-license';
import { issueLicense } from '@/lib/packages/issue-license';

export const POST = route(
  {
    summary: 'Get a ClearKey license (W3C Encrypted Media Extensions, 9.1.3 and 9.1.4)',
    access: 'play',
    params: idParams,
    body: licenseRequestSchema,
    // Shaka Player and hls.js send the request without a content type, other players as bytes; dash.js sends
    // application/json.
    bodyTypes: ['application/json', 'application/octet-stream', ''],
    answers: { 200: licenseSchema },
  },
  async ({ acting, params, body, answer }) => answer(200, await issueLicense(acting, params.id, body)),
);
