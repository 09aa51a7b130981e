import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessMode } from '@/lib/access/mode';
import type { Principal, TokenPrincipal } from '@/lib/access/principal';
import { grantsOf } from '@/lib/access/share-cookie';
import type { TokenRecord } from '@/lib/accounts/access-records';
import type { Role } from '@/lib/accounts/permission';
import { hashSecret, isApiToken } from '@/lib/accounts/secret';
import type { App } from '@/lib/app/app';
import { AppError } from '@/lib/base/errors';

/** Who sends a request. */
export type Identify = (request: Identified) => Promise<Principal>;

interface Identified {
  request: IncomingMessage;
  response: ServerResponse;
  /** Whether it came through a proxy: the gate removes the headers that say so. */
  isProxied: boolean;
  kind: 'handler' | 'page' | 'file';
}

/** A token's use is recorded at most this often. */
const recordMilliseconds = 60_000;

/**
 * Makes the function that says who sends a request: by an API token, else by the cookies of a session and of
 * opened share links. On an open server it is `everybody`.
 */
export function newIdentify(app: App): Identify {
  const { settings, access, accounts } = app;
  // Users only come: the last administrator can't be removed.
  let hasUsers = false;
  const byCookies = async ({ response, kind }: Identified, cookie: string): Promise<Principal> => {
    const grants = await grantsOf(app, cookie);
    const anonymous: Principal = grants.length > 0 ? { kind: 'share', grants } : { kind: 'anonymous' };
    if (!cookie.includes(accounts.cookieName)) return anonymous;
    const signedIn = await accounts.userOf(new Headers({ cookie }), kind === 'page');
    if (!signedIn) return anonymous;
    for (const value of signedIn.cookies) response.appendHeader('Set-Cookie', value);
    return { kind: 'user', ...signedIn.user, grants };
  };
  return async (identified) => {
    const { request, isProxied, kind } = identified;
    if (kind === 'file') return { kind: 'anonymous' };
    hasUsers ||= await access.hasUsers();
    if (accessMode(settings, hasUsers) === 'open') {
      if (isProxied) throw proxyRefused();
      return { kind: 'everybody' };
    }
    const token = tokenOf(request.headers.authorization);
    if (token !== null) return byToken(app, token);
    const { cookie } = request.headers;
    return cookie ? byCookies(identified, cookie) : { kind: 'anonymous' };
  };
}

/** The token of an `Authorization` header: Bearer (RFC 6750), or the password of Basic (RFC 7617). */
function tokenOf(authorization: string | undefined): string | null {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (/^bearer$/i.test(scheme)) return credentials;
  if (!/^basic$/i.test(scheme)) return authorization === undefined ? null : '';
  const decoded = Buffer.from(credentials, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1);
}

/** @throws AppError `token-invalid` */
async function byToken({ access }: App, token: string): Promise<TokenPrincipal> {
  const found = isApiToken(token) ? await access.findToken(hashSecret(token)) : undefined;
  if (!found) throw tokenInvalid();
  if (Date.now() - (found.lastUsedAt?.getTime() ?? 0) > recordMilliseconds)
    await access.recordTokenUse(found.id);
  return principalOf(found);
}

const principalOf = ({ id, name, userId, role, scopes }: TokenRecord & { role: Role }): TokenPrincipal => ({
  ...{ kind: 'token', tokenId: id, name, userId, role, scopes },
});

const tokenInvalid = () =>
  new AppError(
    'token-invalid',
    'This API token is not valid: it may be mistyped, revoked or expired. Create one on the account page.',
  );

const proxyRefused = () =>
  new AppError(
    'proxy-refused',
    'This server is open to everybody, and this request came through a proxy. Set PUBLIC_URL to the address that browsers use; people then sign in.',
  );
