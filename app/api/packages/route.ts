import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { readPageRequest } from '@/lib/http/page';
import { listPackages } from '@/lib/packages/list-packages';

export const GET = handle(async ({ acting, request }) =>
  json(200, listPackages(acting, readPageRequest(request.url))),
);
