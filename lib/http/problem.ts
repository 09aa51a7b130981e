import { AppError, type ErrorCode } from '@/lib/base/errors';
import { log } from '@/lib/base/log';
import { orDiskFull } from '@/lib/storage/disk-full';

/** The HTTP status of each error code; a code that is not listed here is 500. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  'accounts-off': 403,
  'bad-json': 400,
  'bad-multipart': 400,
  'bad-query': 400,
  'body-cut-off': 400,
  'body-too-large': 413,
  'body-too-slow': 408,
  'codec-not-supported': 422,
  'cross-origin': 403,
  'description-invalid': 400,
  'disk-full': 507,
  'email-invalid': 400,
  'email-taken': 409,
  'encoding-not-supported': 415,
  'expiry-invalid': 400,
  'extension-not-allowed': 415,
  'file-missing': 400,
  'file-too-large': 413,
  'format-not-supported': 422,
  'headers-too-large': 431,
  'host-unknown': 421,
  'id-not-number': 400,
  'key-missing': 400,
  'key-mode-unknown': 400,
  'key-not-hex': 400,
  'keys-conflict': 400,
  'kid-missing': 400,
  'kid-not-hex': 400,
  'language-invalid': 400,
  'last-administrator': 409,
  'license-keys-retired': 410,
  'license-kids-unknown': 404,
  'link-invalid': 404,
  'media-not-found': 404,
  'media-type-wrong': 415,
  'method-not-allowed': 405,
  'name-invalid': 400,
  'not-a-text-track': 422,
  'not-a-video': 422,
  'not-allowed': 403,
  'not-found': 404,
  'nothing-to-cancel': 409,
  'nothing-to-retry': 409,
  'openid-unreachable': 502,
  'package-busy': 409,
  'package-canceled': 409,
  'package-failed': 422,
  'package-not-found': 404,
  'package-not-ready': 409,
  'package-not-waiting': 409,
  'password-invalid': 400,
  'password-wrong': 422,
  'poster-not-available': 404,
  'priority-unknown': 400,
  'proxy-refused': 403,
  'request-malformed': 400,
  'revoke-invalid': 400,
  'role-unknown': 400,
  'scheme-unknown': 400,
  'scopes-invalid': 400,
  'session-not-found': 404,
  'share-not-found': 404,
  'share-password-wrong': 422,
  'sign-in-failed': 422,
  'sign-in-required': 401,
  'signalling-unknown': 400,
  'source-encrypted': 422,
  'source-gone': 410,
  'target-invalid': 400,
  'text-encoding-unknown': 422,
  'text-kind-unknown': 400,
  'text-not-found': 404,
  'title-invalid': 400,
  'token-invalid': 401,
  'token-not-found': 404,
  'too-many-requests': 429,
  'tus-version-unknown': 412,
  'upload-busy': 423,
  'upload-header-invalid': 400,
  'upload-not-found': 404,
  'upload-offset-wrong': 409,
  'user-not-found': 404,
  'video-not-found': 404,
  'video-too-complex': 422,
  'visibility-unknown': 400,
};

/** The body of an error answer, RFC 9457. */
interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  field?: string;
}

/** The HTTP status for an error code. */
export function problemStatus(code: ErrorCode): number {
  return statusOf[code] ?? 500;
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  423: 'Locked',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  507: 'Insufficient Storage',
};

/** An error answer, independent of what it is written to. */
export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Turns any thrown value into problem+json; an unforeseen error is logged, and answered without its details.
 */
export function problemOf(thrown: unknown): ProblemAnswer {
  const error = orDiskFull(thrown);
  const known = error instanceof AppError ? error : unforeseen(error);
  const status = problemStatus(known.code);
  if (status === 500 && known === error) log().error({ err: error }, 'A request failed');
  const problem: Problem = {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail: known.message,
    code: known.code,
    ...(known.field === undefined ? {} : { field: known.field }),
  };
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="Cenclave"' } : {}),
    ...(known.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(known.retryAfterSeconds) }),
  };
  return { status, headers, body: JSON.stringify(problem) };
}

/** Turns any thrown value into a problem+json response: see problemOf. */
export function problemResponse(thrown: unknown): Response {
  const { status, headers, body } = problemOf(thrown);
  return new Response(body, { status, headers });
}

function unforeseen(error: unknown): AppError {
  log().error({ err: error }, 'A request failed in a way that was not foreseen');
  return new AppError('internal', 'An unexpected error occurred on the server. Its log has details.');
}
