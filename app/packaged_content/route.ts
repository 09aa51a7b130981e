import { z } from 'zod';
import { route } from '@/lib/http/route';
import { getLegacyPackage, legacyPackageRequest, legacyPackageSchema } from '@/lib/packages/legacy-package';
import { requestPackage } from '@/lib/packages/request-package';
import { waitForPackage } from '@/lib/packages/wait-for-package';

const longestWaitSeconds = 60;

/** Packages a video with a given key, and answers once it can be played and downloaded. */
export const POST = route(
  {
    summary: 'Package a video, and wait for it (legacy)',
    access: 'package.write',
    body: legacyPackageRequest,
    answers: { 200: z.object({ packaged_content_id: z.number() }), 202: legacyPackageSchema },
  },
  async ({ acting, body, request, answer }) => {
    const key = { keyHex: body.key, kidHex: body.kid };
    const options = { key, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
    const { id } = (await requestPackage(acting, body.id, options)).package;
    const isAsync = /\brespond-async\b/i.test(request.headers.get('prefer') ?? '');
    const made = isAsync ? null : await waitForPackage(acting, id, longestWaitSeconds);
    if (made) return answer(200, { packaged_content_id: id });
    const pending = await getLegacyPackage(acting, id, request, 'package.write');
    return answer(202, pending, { Location: `/packaged_content/${id}` });
  },
);
