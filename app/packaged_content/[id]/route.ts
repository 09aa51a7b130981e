import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { requirePackage } from '@/lib/packages/get-package';
import { legacyPackageSchema, legacyPackageView } from '@/lib/packages/legacy-package';

export const GET = route(
  {
    summary: 'Get a package (legacy)',
    access: 'package.read',
    params: idParams,
    answers: { 200: legacyPackageSchema },
  },
  async ({ acting, params, request, answer }) =>
    answer(200, legacyPackageView(await requirePackage(acting, params.id), request)),
);
