import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';

export const POST = route(
  {
    summary: 'Cancel the work on a package',
    access: 'package.write',
    params: idParams,
    answers: { 202: packageViewSchema },
  },
  async ({ acting, params, answer }) => answer(202, packageView(await cancelPackage(acting, params.id))),
);
