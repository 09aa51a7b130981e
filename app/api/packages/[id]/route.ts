import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { deletePackage } from '@/lib/packages/delete-package';
import { getPackage } from '@/lib/packages/get-package';
import { priorityRequest } from '@/lib/packages/package-request';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';
import { prioritizePackage } from '@/lib/packages/prioritize-package';

export const GET = route(
  { summary: 'Get a package', access: 'play', params: idParams, answers: { 200: packageViewSchema } },
  async ({ acting, params, answer }) => answer(200, await getPackage(acting, params.id)),
);

export const PATCH = route(
  {
    summary: "Move a package's work in the queue",
    access: 'package.write',
    params: idParams,
    body: priorityRequest,
    answers: { 200: packageViewSchema },
  },
  async ({ acting, params, body, answer }) =>
    answer(200, packageView(await prioritizePackage(acting, params.id, body.priority))),
);

export const DELETE = route(
  { summary: 'Delete a package', access: 'package.write', params: idParams, answers: { 204: null } },
  async ({ acting, params, answer }) => {
    await deletePackage(acting, params.id);
    return answer(204);
  },
);
