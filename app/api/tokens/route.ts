import { z } from 'zod';
import { route } from '@/lib/http/route';
import {
  createToken,
  listTokens,
  tokenRequestSchema,
  tokenView,
  tokenViewSchema,
} from '@/lib/tokens/manage-tokens';

export const GET = route(
  {
    summary: "List one's own API tokens, newest first",
    access: 'token.manage',
    answers: { 200: z.object({ items: z.array(tokenViewSchema) }) },
  },
  async ({ acting, answer }) => answer(200, { items: (await listTokens(acting)).map(tokenView) }),
);

export const POST = route(
  {
    summary: 'Create an API token; this answer alone shows it',
    access: 'token.manage',
    body: tokenRequestSchema,
    answers: { 201: tokenViewSchema.extend({ token: z.string() }) },
  },
  async ({ acting, body, answer }) => {
    const { record, token } = await createToken(acting, body);
    return answer(201, { ...tokenView(record), token });
  },
);
