import { pageQuery, pageRequest } from '@/lib/http/page';
import { route } from '@/lib/http/route';
import { legacyUploadedVideos, legacyVideosSchema } from '@/lib/videos/legacy-list';

export const GET = route(
  {
    summary: 'List videos (legacy)',
    access: 'video.read',
    query: pageQuery,
    answers: { 200: legacyVideosSchema },
  },
  async ({ acting, query, request, answer }) =>
    answer(200, await legacyUploadedVideos(acting, pageRequest(query), request)),
);
