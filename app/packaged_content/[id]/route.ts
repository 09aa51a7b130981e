import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import { getLegacyPackage, legacyPackageSchema } from '@/lib/packages/legacy-package';

export const GET = route(
  {
    summary: 'Get a package (legacy)',
    access: 'video.read',
    params: idParams,
    answers: { 200: legacyPackageSchema },
  },
  async ({ acting, params, request, answer }) =>
    answer(200, await getLegacyPackage(acting, params.id, request)),
);
