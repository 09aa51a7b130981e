import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import type { SetCookies } from '@/lib/accounts/accounts';
import { asUser, recordEvent } from '@/lib/audit/record-event';
import { publicOrigin } from '@/lib/base/env';
import { returnPath } from './return-path';

export const openIdStart = z.object({
  returnTo: z.string().max(2000).optional().describe('The path to go on to.'),
});

/** What a provider may send (RFC 6749, 4.1.2; RFC 9207). */
export const openIdAnswer = z.object({
  code: z.string().max(4000).optional(),
  state: z.string().max(4000).optional(),
  iss: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(2000).optional(),
});

interface Onward {
  url: string;
  cookies: SetCookies;
}

/**
 * Begins to sign in at the OpenID provider.
 * @throws AppError `not-found`, `openid-unreachable`
 */
export const startOpenId = (acting: Acting, headers: Headers, returnTo?: string): Promise<Onward> =>
  acting.accounts.startOpenId(headers, returnPath(returnTo));

/**
 * Ends a sign-in at the OpenID provider. A failure leads to the sign-in page, which says so.
 * @throws AppError `not-found`
 */
export async function finishOpenId(
  acting: Acting,
  headers: Headers,
  answer: z.output<typeof openIdAnswer>,
): Promise<Onward> {
  const given = Object.entries(answer).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const query: Record<string, string> = Object.fromEntries(given);
  const { url, cookies } = await acting.accounts.finishOpenId(headers, query);
  const { searchParams, origin } = new URL(url);
  const failed = searchParams.get('error');
  if (failed !== null || origin !== publicOrigin(acting.settings)) {
    await recordEvent(acting, 'sign-in', { outcome: 'refused', detail: `OpenID: ${failed ?? 'elsewhere'}` });
    return { url: '/sign-in?error=openid', cookies };
  }
  const signedIn = await acting.accounts.userOf(withCookies(headers, cookies), true);
  if (signedIn) {
    const actor = asUser(signedIn.user.userId, signedIn.user.name);
    await recordEvent(acting, 'sign-in', { actor, detail: 'OpenID' });
  }
  return { url, cookies };
}

/** The headers that the browser's next request will have. */
function withCookies(headers: Headers, cookies: SetCookies): Headers {
  const next = new Headers(headers);
  const set = cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
  next.set('cookie', set);
  return next;
}
