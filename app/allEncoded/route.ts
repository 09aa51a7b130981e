import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { readPageRequest } from '@/lib/http/page';
import { legacyEncodedVideos } from '@/lib/packages/legacy-package';

/** Legacy API: the packages. */
export const GET = handle(async (request) =>
  json(200, legacyEncodedVideos(context(), readPageRequest(request.url), request)),
);
