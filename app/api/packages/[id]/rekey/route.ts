import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { contentKeyOf, rekeyRequest } from '@/lib/packages/package-request';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';
import { rekeyPackage } from '@/lib/packages/rekey-package';

export const POST = route(
  {
    summary: 'Encrypt a package with new keys',
    access: 'package.write',
    params: idParams,
    body: rekeyRequest,
    answers: { 202: packageViewSchema },
  },
  async ({ acting, params, body, answer }) =>
    answer(202, packageView(await rekeyPackage(acting, params.id, contentKeyOf(body), body.revoke ?? false))),
);
