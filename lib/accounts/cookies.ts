/**
 * The name of a cookie of this server. Over HTTPS no other host can set it (`__Host-`, RFC 6265bis, 4.1.3.2);
 * over HTTP its name has the port, since cookies ignore ports.
 * @param origin the address that browsers use
 * @param purpose null for the session
 */
export function cookieName(origin: string, purpose: string | null = null): string {
  const { protocol, port } = new URL(origin);
  const name = purpose === null ? 'cenclave' : `cenclave-${purpose}`;
  return protocol === 'https:' ? `__Host-${name}` : `${name}_${port || '80'}`;
}

/** No script reads the cookies, and no other site sends them along with a write. */
export const cookieAttributes = (origin: string) =>
  ({ secure: origin.startsWith('https:'), httpOnly: true, sameSite: 'lax' }) as const;

/** The value of a cookie of a request; undefined where it has none. */
export function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** A `Set-Cookie` that lasts as long as the browser runs. */
export function setCookie(origin: string, name: string, value: string): string {
  const { secure } = cookieAttributes(origin);
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
