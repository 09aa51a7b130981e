import { handle } from '@/lib/http/handle';
import { json, readJson } from '@/lib/http/json';
import { requirePackage } from '@/lib/packages/get-package';
import { legacyPackageFields, legacyPackageView, readInputContentId } from '@/lib/packages/legacy-package';
import { requireContentKey } from '@/lib/packages/package-request';
import { requestPackage } from '@/lib/packages/request-package';
import { waitForPackage } from '@/lib/packages/wait-for-package';

const longestWaitSeconds = 60;

/** Legacy API: packages a video with a given key, and answers once it can be played and downloaded. */
export const POST = handle(async ({ acting, request }) => {
  const fields = await readJson(request, legacyPackageFields);
  const key = requireContentKey(fields);
  const options = { key, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id } = requestPackage(acting, readInputContentId(fields), options).package;
  const isAsync = /\brespond-async\b/i.test(request.headers.get('prefer') ?? '');
  const made = isAsync ? null : await waitForPackage(acting, id, longestWaitSeconds);
  if (made) return json(200, { packaged_content_id: id });
  const now = requirePackage(acting, id);
  return json(202, legacyPackageView(now, request), { Location: `/packaged_content/${id}` });
});
