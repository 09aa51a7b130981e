import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { finishOpenId, openIdAnswer } from '@/lib/users/sign-in-by-openid';

export const GET = route(
  {
    summary: 'Come back from the OpenID provider',
    access: 'open',
    query: openIdAnswer,
    answers: { 303: null },
  },
  async ({ acting, query, request }) => {
    const { url, cookies } = await finishOpenId(acting, sessionHeaders(request), query);
    setCookies(cookies);
    return new Response(null, { status: 303, headers: { Location: url, 'Cache-Control': 'no-store' } });
  },
);
