import { z } from 'zod';
import { idParams } from '@/lib/http/ids';
import { route } from '@/lib/http/route';
import {
  createShare,
  listShares,
  shareRequestSchema,
  shareView,
  shareViewSchema,
} from '@/lib/shares/manage-shares';

export const GET = route(
  {
    summary: 'List the share links of a package, newest first',
    access: 'share.manage',
    params: idParams,
    answers: { 200: z.object({ items: z.array(shareViewSchema) }) },
  },
  async ({ acting, params, answer }) =>
    answer(200, { items: (await listShares(acting, params.id)).map(shareView) }),
);

export const POST = route(
  {
    summary: 'Create a share link; this answer alone shows it',
    access: 'share.manage',
    params: idParams,
    body: shareRequestSchema,
    answers: { 201: shareViewSchema.extend({ url: z.string() }) },
  },
  async ({ acting, params, body, answer }) => {
    const { share, url } = await createShare(acting, params.id, body);
    return answer(201, { ...shareView(share), url });
  },
);
