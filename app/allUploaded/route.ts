import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { readPageRequest } from '@/lib/http/page';
import { legacyUploadedVideos } from '@/lib/videos/legacy-list';

/** Legacy API: the videos. */
export const GET = handle(async ({ acting, request }) =>
  json(200, legacyUploadedVideos(acting, readPageRequest(request.url), request)),
);
