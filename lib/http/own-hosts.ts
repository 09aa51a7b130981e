import { isThisMachine } from '@/lib/base/env';

/** The addresses that this server answers to, and its origin for each. */
export interface OwnHosts {
  /** The origin of PUBLIC_URL, such as `https://video.example.org`. */
  publicOrigin: string | undefined;
  /** Values of `Host` in lower case that belong to PUBLIC_URL, and those of this machine's own names. */
  publicHosts: ReadonlySet<string>;
  localHosts: ReadonlySet<string>;
}

const localNames = ['localhost', '127.0.0.1', '[::1]'];
const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

/**
 * The hosts that this server answers to: its names on this machine, with its port, and the host of
 * PUBLIC_URL. The name of a site that points at this machine (DNS rebinding) is not among them.
 */
export function ownHosts(publicOrigin: string | undefined, port: number): OwnHosts {
  const local = localNames.flatMap((name) => namesOf(new URL(`http://${name}:${port}`)));
  const named = publicOrigin ? namesOf(new URL(publicOrigin)) : [];
  return { publicOrigin, publicHosts: new Set(named), localHosts: new Set(local) };
}

/** A client may leave out the default port of its scheme, or not (RFC 9110, 4.2). */
function namesOf({ hostname, host, port, protocol }: URL): string[] {
  return port === '' ? [hostname, `${hostname}:${defaultPorts[protocol]}`] : [host];
}

export const isOwnHost = ({ publicHosts, localHosts }: OwnHosts, host: string): boolean =>
  localHosts.has(host) || publicHosts.has(host);

/** The origin of a page that a client reaches by this host; `scheme` applies where no setting names one. */
export function originOfHost({ publicOrigin, publicHosts }: OwnHosts, host: string, scheme: string): string {
  if (publicOrigin && publicHosts.has(host)) return publicOrigin;
  return new URL(`${scheme === 'https' ? 'https' : 'http'}://${host}`).origin;
}

/**
 * A warning when the server listens for other machines but would refuse them all; it names the setting that
 * admits them.
 */
export function unreachableWarning(
  host: string,
  port: number,
  publicOrigin: string | undefined,
): string | null {
  if (publicOrigin || isThisMachine(host)) return null;
  const name = ['0.0.0.0', '::'].includes(host) ? '192.168.1.7' : host.includes(':') ? `[${host}]` : host;
  return (
    `HOST is ${host}, but PUBLIC_URL is not set: requests for any host other than localhost are refused. ` +
    `Set PUBLIC_URL to the address that browsers use, such as http://${name}:${port}.`
  );
}
