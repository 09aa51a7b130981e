import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import proxyAddr from 'proxy-addr';
import { isFromProxy } from '@/lib/access/mode';
import { type OwnHosts, ownHosts } from '@/lib/http/own-hosts';
import { problemOf } from '@/lib/http/problem';
import { type Admission, checkRequest, type GatedRequest, type Refusal } from '@/lib/http/request-gate';
import { pagePolicy } from '@/lib/http/security-headers';

export interface GateOptions {
  /** PUBLIC_URL. */
  publicOrigin: string | undefined;
  /** TRUSTED_PROXIES. */
  trustedProxies: string[];
  /** Whether this is `next dev`, which needs a wider page policy and addresses of its own. */
  isDevelopment: boolean;
}

/** An admitted request; `isProxied`: it came through a proxy. */
export type Admitted = Admission & { isProxied: boolean };

/** Admits a request, or answers it with the reason why not, and returns null. */
export type Gate = (request: IncomingMessage, response: ServerResponse) => Admitted | null;

/** Makes the gate: what it refuses reaches no handler. */
export function newGate({ publicOrigin, trustedProxies, isDevelopment }: GateOptions): Gate {
  const isTrusted = proxyAddr.compile(trustedProxies);
  const claimed = publicOrigin && new URL(publicOrigin);
  let own: OwnHosts | undefined;
  return (request, response) => {
    const isProxied = isFromProxy(request.headers);
    if (isTrusted(request.socket.remoteAddress ?? '', 0))
      request.headers['x-forwarded-for'] = proxyAddr(request, isTrusted);
    else dropForwarded(request);
    own ??= ownHosts(publicOrigin, request.socket.localPort ?? 0);
    const judged = checkRequest(gated(request), own, isDevelopment);
    if ('error' in judged) {
      refuse(response, judged);
      return null;
    }
    admit(request, response, judged, isDevelopment);
    if (claimed) setForwarded(request, claimed);
    return { ...judged, isProxied };
  };
}

const forwardedNames = ['for', 'host', 'port', 'proto', 'prefix', 'server'].map(
  (name) => `x-forwarded-${name}`,
);

/** Removes headers that any client may have written, before something trusts them. */
function dropForwarded({ headers }: IncomingMessage): void {
  for (const name of forwardedNames) delete headers[name];
  delete headers.forwarded;
}

/** Every `Host` of a request: in `headers`, Node.js keeps only the first. */
function hostsOf(rawHeaders: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
    if (name.length === 4 && name.toLowerCase() === 'host') hosts.push(value);
  }
  return hosts;
}

/** Links begin with this address, however the request came. */
function setForwarded({ headers }: IncomingMessage, { host, protocol }: URL): void {
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
}

function gated({ method = '', url = '', headers, rawHeaders }: IncomingMessage): GatedRequest {
  const first = (name: string) => headers[name]?.toString().split(',')[0]?.trim();
  return {
    method,
    target: url,
    hosts: hostsOf(rawHeaders),
    contentType: headers['content-type'],
    accept: headers.accept,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site']?.toString(),
    authorization: headers.authorization,
    forwardedHost: first('x-forwarded-host'),
    forwardedProto: first('x-forwarded-proto'),
  };
}

/** Answers a request with the reason why it is refused. */
export function refuse(
  response: ServerResponse,
  { error, allow }: Omit<Refusal, 'error'> & { error: unknown },
): void {
  const { status, headers, body } = problemOf(error);
  response.writeHead(status, { ...headers, ...(allow ? { Allow: allow } : {}) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/**
 * Admits a request and sets the policy of a page. Next.js reads the nonce from the request's own policy
 * header, so that a client's must be removed.
 */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  { target, kind }: Admission,
  isDevelopment: boolean,
): void {
  request.url = target;
  delete request.headers['content-security-policy'];
  delete request.headers['content-security-policy-report-only'];
  if (kind !== 'page') return;
  const policy = pagePolicy(randomBytes(16).toString('base64'), isDevelopment);
  request.headers['content-security-policy'] = policy;
  response.setHeader('Content-Security-Policy', policy);
}
