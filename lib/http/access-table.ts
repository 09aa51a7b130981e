import type { Permission } from '@/lib/accounts/permission';

/** What a route asks for: a permission, or nothing. */
export type Access = Permission | 'open';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

/** What is at an address: a route handler, a page, or a file that belongs to no video. */
interface Row {
  kind: 'handler' | 'page' | 'file';
  /** By method, as declared by the route; HEAD like GET, unless it stands here. */
  access: Partial<Record<Method, Access>>;
}

const handler = (access: Row['access']): Row => ({ kind: 'handler', access });
const page = (access: Access): Row => ({ kind: 'page', access: { GET: access } });
const file: Row = { kind: 'file', access: { GET: 'open' } };

/**
 * Every address of this server, and what each method of it asks for. What has no row here is not found: the
 * gate (server/gate.ts) passes nothing else on. `{id}` stands for one part of a path, `{...}` for all that
 * follow.
 */
export const accessTable: Readonly<Record<string, Row>> = {
  '/': page('video.read'),
  '/videos/{id}': page('video.read'),
  '/play/{id}': page('play'),
  '/api': page('open'),
  '/sign-in': page('open'),
  '/setup': page('open'),
  '/invitation': page('open'),
  '/account': page('account.manage'),
  '/users': page('user.manage'),
  '/audit': page('audit.read'),
  '/s/{secret}': page('open'),

  '/upload': handler({ POST: 'video.write' }),
  '/upload_input_content': handler({ POST: 'video.write' }),
  '/packaged_content': handler({ POST: 'package.write' }),
  '/packaged_content/{id}': handler({ GET: 'video.read' }),
  '/allUploaded': handler({ GET: 'video.read' }),
  '/allEncoded': handler({ GET: 'video.read' }),
  '/download/{id}': handler({ GET: 'download' }),
  '/media/{...}': handler({ GET: 'play' }),

  '/api/health': handler({ GET: 'open' }),
  '/api/openapi.json': handler({ GET: 'open' }),
  '/api/videos': handler({ GET: 'video.read', POST: 'video.write' }),
  '/api/videos/{id}': handler({ GET: 'video.read', PATCH: 'video.write', DELETE: 'video.write' }),
  '/api/videos/{id}/packages': handler({ POST: 'package.write' }),
  '/api/videos/{id}/poster': handler({ GET: 'play' }),
  '/api/videos/{id}/texts': handler({ GET: 'video.read', POST: 'video.write' }),
  '/api/videos/{id}/texts/{textId}': handler({ DELETE: 'video.write' }),
  '/api/packages': handler({ GET: 'video.read' }),
  '/api/packages/{id}': handler({ GET: 'play', PATCH: 'package.write', DELETE: 'package.write' }),
  '/api/packages/{id}/audio': handler({ POST: 'package.write' }),
  '/api/packages/{id}/cancel': handler({ POST: 'package.write' }),
  '/api/packages/{id}/keys': handler({ GET: 'key.read' }),
  '/api/packages/{id}/license': handler({ POST: 'play' }),
  '/api/packages/{id}/rekey': handler({ POST: 'package.write' }),
  '/api/packages/{id}/retry': handler({ POST: 'package.write' }),
  '/api/packages/{id}/shares': handler({ GET: 'share.manage', POST: 'share.manage' }),
  '/api/shares/open': handler({ POST: 'open' }),
  '/api/shares/{id}': handler({ DELETE: 'share.manage' }),
  '/api/session': handler({ GET: 'open', POST: 'open', DELETE: 'open' }),
  '/api/session/openid': handler({ GET: 'open' }),
  '/api/session/openid/callback': handler({ GET: 'open' }),
  '/api/setup': handler({ POST: 'open' }),
  '/api/invitation': handler({ POST: 'open' }),
  '/api/invitation/user': handler({ POST: 'open' }),
  '/api/account/password': handler({ PUT: 'account.manage' }),
  '/api/account/sessions': handler({ GET: 'account.manage' }),
  '/api/account/sessions/{id}': handler({ DELETE: 'account.manage' }),
  '/api/users': handler({ GET: 'user.manage', POST: 'user.manage' }),
  '/api/users/{id}': handler({ PATCH: 'user.manage', DELETE: 'user.manage' }),
  '/api/users/{id}/invitation': handler({ POST: 'user.manage' }),
  '/api/tokens': handler({ GET: 'token.manage', POST: 'token.manage' }),
  '/api/tokens/{id}': handler({ DELETE: 'token.manage' }),
  '/api/audit': handler({ GET: 'audit.read' }),
  '/api/uploads': handler({ POST: 'video.write' }),
  '/api/uploads/{id}': handler({ HEAD: 'video.write', PATCH: 'video.write', DELETE: 'video.write' }),

  '/_next/static/{...}': file,
  '/shaka-player/{...}': file,
  '/apple-touch-icon.png': file,
  '/icon-192.png': file,
  '/icon-512.png': file,
  '/icon-maskable-512.png': file,
  '/icon.svg': file,
  '/manifest.webmanifest': file,
  '/robots.txt': file,
};

/** Without escapes in the addresses of files: what Next.js decodes could lead elsewhere. */
const patternOf = (template: string, { kind }: Row) =>
  template
    .replaceAll('.', '\\.')
    .replace('{\\.\\.\\.}', kind === 'file' ? '[\\w.~@-][\\w.~@/-]*' : '.+')
    .replaceAll(/\{\w+\}/g, '[^/]+');

const patterns = Object.entries(accessTable).map(
  ([template, row]) =>
    [new RegExp(`^${patternOf(template, row)}${template === '/' ? '' : '/?'}$`), row] as const,
);

/** The row of a path; undefined where nothing is. Next.js redirects a path with a slash at its end. */
export const rowOf = (path: string): Row | undefined => patterns.find(([pattern]) => pattern.test(path))?.[1];

/** The methods that a row accepts (`Allow`, RFC 9110, 10.2.1). Next.js answers OPTIONS of handlers itself. */
export function methodsOf({ kind, access }: Row): readonly string[] {
  const reads = access.GET ? ['GET', 'HEAD'] : access.HEAD ? ['HEAD'] : [];
  const others = Object.keys(access).filter((method) => !['GET', 'HEAD'].includes(method));
  return [...reads, ...(kind === 'handler' ? ['OPTIONS'] : []), ...others];
}

/** What a method of a row asks for. OPTIONS asks for nothing: it only names methods. */
export function accessOf({ kind, access }: Row, method: string): Access | undefined {
  if (method === 'OPTIONS') return kind === 'handler' ? 'open' : undefined;
  if (method === 'HEAD') return access.HEAD ?? access.GET;
  return Object.hasOwn(access, method) ? access[method as Method] : undefined;
}

const resources: readonly (readonly [RegExp, ResourceAddress['kind']])[] = [
  [/^\/(?:api\/)?videos\/([1-9]\d{0,14})(?:\/|$)/, 'video'],
  [/^\/(?:api\/packages|play|download|packaged_content)\/([1-9]\d{0,14})(?:\/|$)/, 'package'],
];

/** The video or package that an address names. */
export interface ResourceAddress {
  kind: 'video' | 'package';
  id: number;
}

/** Which video or package a path names; null where it names none. */
export function resourceOf(path: string): ResourceAddress | null {
  for (const [pattern, kind] of resources) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return { kind, id: Number(id) };
  }
  return null;
}
