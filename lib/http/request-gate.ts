import { AppError } from '@/lib/base/errors';
import { type Access, accessOf, methodsOf, type ResourceAddress, resourceOf, rowOf } from './access-table';
import { isOwnHost, type OwnHosts, originOfHost } from './own-hosts';

/** The parts of a request that decide whether it is admitted. */
export interface GatedRequest {
  method: string;
  /** The request target as received. */
  target: string;
  /** The value of each `Host` line. */
  hosts: readonly string[];
  contentType?: string | undefined;
  accept?: string | undefined;
  origin?: string | undefined;
  /** `Sec-Fetch-Site`: how the browser relates the requesting page to this site. */
  fetchSite?: string | undefined;
  authorization?: string | undefined;
  /** `X-Forwarded-Host` and `-Proto`, where a proxy of TRUSTED_PROXIES sent them. */
  forwardedHost?: string | undefined;
  forwardedProto?: string | undefined;
}

export interface Refusal {
  error: AppError;
  /** For 405: the allowed methods. */
  allow?: string;
}

/** The target of an admitted request without a host, and what its address is. */
export interface Admission {
  target: string;
  kind: 'handler' | 'page' | 'file';
  /** What the principal must be allowed to do. */
  access: Access;
  /** The video or package that it names. */
  resource: ResourceAddress | null;
}

/**
 * Decides from the head of a request whether it is admitted, before anything else sees it.
 * @param isDevelopment whether this is `next dev`, which has addresses of its own
 */
export function checkRequest(
  request: GatedRequest,
  own: OwnHosts,
  isDevelopment = false,
): Refusal | Admission {
  const { authority, target } = splitTarget(request.target);
  const hosts = [...request.hosts, authority, request.forwardedHost].filter((host) => host !== undefined);
  if (request.hosts.length !== 1 || !hosts.every((host) => isOwnHost(own, host.toLowerCase())))
    return { error: misdirected(request.hosts) };
  const path = pathOf(target);
  if (path === null) return { error: badTarget() };
  if (isDevelopment && /^\/_(_next|next)/.test(path))
    return { target, kind: 'file', access: 'open', resource: null };
  const row = rowOf(isFormForPage(path, request) ? '/upload' : path);
  if (!row) return nothing(path, request);
  const methods = methodsOf(row);
  const access = accessOf(row, request.method);
  if (access === undefined) return { error: notAllowed(methods), allow: methods.join(', ') };
  if (isWrite(request.method) && !hasToken(request) && !isOwnPage(request, own))
    return { error: crossOrigin() };
  return { target, kind: row.kind, access, resource: resourceOf(path) };
}

/** Clients of a proxy send the whole address (RFC 9112, 3.2.2); its host counts like that of `Host`. */
function splitTarget(target: string): { authority?: string; target: string } {
  const [, authority, rest = ''] = /^http:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  if (authority === undefined) return { target };
  return { authority, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** Printable ASCII (RFC 9112, 3.2.1): other characters would only serve to confuse a log or a terminal. */
const plainTarget = /^\/[\x21-\x7e]*$/;

/** The path by which Next.js will find the route; null when it is invalid. */
function pathOf(target: string): string | null {
  if (!plainTarget.test(target)) return null;
  const [path = ''] = target.split(/[?#]/, 1);
  if (!/[%\\]|\/\./.test(path)) return path;
  const { pathname } = new URL(`http://host${path}`);
  return isDecodable(pathname) ? pathname : null;
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** The address at which Next.js has the page for addresses where nothing is. */
export const notFoundAdmission: Admission = {
  ...{ target: '/_not-found', kind: 'page', access: 'open', resource: null },
};

/** Readers get a page that says so, programs an error. */
function nothing(path: string, { method, accept = '' }: GatedRequest): Refusal | Admission {
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && accept.includes('text/html') && !path.startsWith('/api/')) return notFoundAdmission;
  return { error: new AppError('not-found', 'There is nothing at this address.') };
}

/** The legacy API uploads with `POST /`, where a page is (next.config.ts). */
const isFormForPage = (path: string, { method, contentType = '' }: GatedRequest) =>
  path === '/' && method === 'POST' && contentType.startsWith('multipart/form-data');

/** No browser adds a token by itself, as it adds cookies and the password of Basic authentication. */
const hasToken = ({ authorization = '' }: GatedRequest): boolean => /^bearer /i.test(authorization);

const isWrite = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/**
 * Whether a write comes from a page of this server or from a program. A page of another site must not make
 * the visitor's browser write here. Browsers name the page's origin in `Origin` on every such request, and
 * its relation to this one in `Sec-Fetch-Site`; programs such as curl send neither and pass.
 */
function isOwnPage(request: GatedRequest, own: OwnHosts): boolean {
  const { origin, fetchSite, forwardedHost, forwardedProto, hosts } = request;
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const host = (forwardedHost ?? hosts[0] ?? '').toLowerCase();
  const allowed = [own.publicOrigin, originOfHost(own, host, forwardedProto ?? 'http')];
  return allowed.includes(new URL(origin).origin);
}

function misdirected(hosts: readonly string[]): AppError {
  const [host = ''] = hosts;
  const named = hosts.length === 1 ? `"${host.slice(0, 100)}"` : `${hosts.length} hosts`;
  return new AppError(
    'host-unknown',
    `The Host header names ${named}, which is not an address of this server. ` +
      'To use an address other than localhost, set PUBLIC_URL to it.',
  );
}

const badTarget = () =>
  new AppError(
    'target-invalid',
    'The address is not a well-formed path: percent-encode other characters as UTF-8.',
  );

const notAllowed = (methods: readonly string[]) =>
  new AppError('method-not-allowed', `This address allows only ${methods.join(', ')}.`);

const crossOrigin = () =>
  new AppError('cross-origin', 'This request came from a page of another site and was refused.');
