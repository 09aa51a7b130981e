import { sessionHeaders, setCookies } from '@/lib/http/bridge';
import { route } from '@/lib/http/route';
import { openIdStart, startOpenId } from '@/lib/users/sign-in-by-openid';

export const GET = route(
  {
    summary: 'Go to the OpenID provider, to sign in there',
    access: 'open',
    query: openIdStart,
    answers: { 303: null },
  },
  async ({ acting, query, request }) => {
    const { url, cookies } = await startOpenId(acting, sessionHeaders(request), query.returnTo);
    setCookies(cookies);
    return new Response(null, { status: 303, headers: { Location: url, 'Cache-Control': 'no-store' } });
  },
);
