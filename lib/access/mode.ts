import { isThisMachine, type Settings } from '@/lib/base/env';

/** `open`: everybody may do everything. `protected`: nobody without an account, a token or a share link. */
export type Mode = 'open' | 'protected';

/** Who may use this server, by its settings and whether there is any user. */
export function accessMode(
  { ACCESS, HOST, PUBLIC_URL }: Pick<Settings, 'ACCESS' | 'HOST' | 'PUBLIC_URL'>,
  hasUsers: boolean,
): Mode {
  if (ACCESS !== 'auto') return ACCESS;
  return isThisMachine(HOST) && PUBLIC_URL === undefined && !hasUsers ? 'open' : 'protected';
}

/** The headers by which a proxy says that it passes a request on (RFC 7239; RFC 9110, 7.6.3). */
const byProxies = /^(forwarded|via|x-forwarded-.+|x-real-ip)$/;

/**
 * Whether a request came through a proxy. An open server refuses it: what is meant for this machine alone may
 * be open to the world by such a proxy.
 */
export const isFromProxy = (headers: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(headers).some((name) => byProxies.test(name));
