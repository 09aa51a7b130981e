import { pageQuery, pageRequest } from '@/lib/http/page';
import { route } from '@/lib/http/route';
import { legacyEncodedVideos, legacyPackagesSchema } from '@/lib/packages/legacy-package';

export const GET = route(
  {
    summary: 'List packages (legacy)',
    access: 'video.read',
    query: pageQuery,
    answers: { 200: legacyPackagesSchema },
  },
  async ({ acting, query, request, answer }) =>
    answer(200, await legacyEncodedVideos(acting, pageRequest(query), request)),
);
