import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';
import { retryPackage } from '@/lib/packages/retry-package';

export const POST = route(
  {
    summary: 'Try a failed or canceled package again',
    access: 'package.write',
    params: idParams,
    answers: { 202: packageViewSchema },
  },
  async ({ acting, params, answer }) => answer(202, packageView(await retryPackage(acting, params.id))),
);
