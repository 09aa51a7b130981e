import { pageQuery, pageRequest, pageSchema } from '@/lib/http/page';
import { route } from '@/lib/http/route';
import { listPackages } from '@/lib/packages/list-packages';
import { packageViewSchema } from '@/lib/packages/package-view';

export const GET = route(
  {
    summary: 'List packages, newest first',
    access: 'video.read',
    query: pageQuery,
    answers: { 200: pageSchema(packageViewSchema) },
  },
  async ({ acting, query, answer }) => answer(200, await listPackages(acting, pageRequest(query))),
);
