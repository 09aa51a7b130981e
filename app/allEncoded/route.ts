import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { readPageRequest } from '@/lib/http/page';
import { legacyEncodedVideos } from '@/lib/packages/legacy-package';

/** Legacy API: the packages. */
export const GET = handle(async ({ acting, request }) =>
  json(200, legacyEncodedVideos(acting, readPageRequest(request.url), request)),
);
