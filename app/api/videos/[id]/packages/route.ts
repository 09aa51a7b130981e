import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { packageOptions, packageRequest } from '@/lib/packages/package-request';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';
import { requestPackage } from '@/lib/packages/request-package';

export const POST = route(
  {
    summary: 'Package a video',
    access: 'package.write',
    params: idParams,
    body: packageRequest,
    answers: { 202: packageViewSchema },
  },
  async ({ acting, params, body, answer }) => {
    const view = packageView(await requestPackage(acting, params.id, packageOptions(body)));
    return answer(202, view, { Location: view.links.self });
  },
);
