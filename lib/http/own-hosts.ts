/** The addresses by which this server may be asked, and its origin for each. */
export interface OwnHosts {
  /** The origin of PUBLIC_URL, such as `https://video.example.org`. */
  publicOrigin: string | undefined;
  /** Values of `Host` in lower case that lead there, and those of this machine's own names. */
  publicHosts: ReadonlySet<string>;
  localHosts: ReadonlySet<string>;
}

const localNames = ['localhost', '127.0.0.1', '[::1]'];
const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

/**
 * The hosts that this server answers to: its names on this machine, with the port that it listens on, and the host of
 * PUBLIC_URL. A site whose name was pointed at this machine (DNS rebinding) is none of them.
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

/** The origin of a page that a client reaches by this host; `scheme` counts where no setting names one. */
export function originOfHost({ publicOrigin, publicHosts }: OwnHosts, host: string, scheme: string): string {
  if (publicOrigin && publicHosts.has(host)) return publicOrigin;
  return new URL(`${scheme === 'https' ? 'https' : 'http'}://${host}`).origin;
}

/** Listens for other machines, and would refuse them all: says which setting lets them in. */
export function unreachableWarning(
  host: string,
  port: number,
  publicOrigin: string | undefined,
): string | null {
  if (publicOrigin || ['localhost', '127.0.0.1', '::1'].includes(host)) return null;
  const name = ['0.0.0.0', '::'].includes(host) ? '192.168.1.7' : host.includes(':') ? `[${host}]` : host;
  return (
    `HOST is ${host}, but PUBLIC_URL is not set: requests that name another host than localhost are refused. ` +
    `Set PUBLIC_URL to the address that browsers use, such as http://${name}:${port}.`
  );
}
