/** A stable code, for programs, of every way in which Cenclave refuses or fails. */
export type ErrorCode =
  | 'accounts-off'
  | 'attempts-exhausted'
  | 'backup-failed'
  | 'bad-json'
  | 'bad-multipart'
  | 'bad-query'
  | 'body-cut-off'
  | 'body-too-large'
  | 'body-too-slow'
  | 'codec-not-supported'
  | 'cross-origin'
  | 'description-invalid'
  | 'disk-full'
  | 'email-invalid'
  | 'email-taken'
  | 'encode-failed'
  | 'encoding-not-supported'
  | 'expiry-invalid'
  | 'extension-not-allowed'
  | 'file-missing'
  | 'file-too-large'
  | 'format-not-supported'
  | 'headers-too-large'
  | 'host-unknown'
  | 'id-not-number'
  | 'internal'
  | 'key-missing'
  | 'key-mode-unknown'
  | 'key-not-hex'
  | 'keys-conflict'
  | 'kid-missing'
  | 'kid-not-hex'
  | 'language-invalid'
  | 'last-administrator'
  | 'license-keys-retired'
  | 'license-kids-unknown'
  | 'link-invalid'
  | 'media-not-found'
  | 'media-type-wrong'
  | 'method-not-allowed'
  | 'name-invalid'
  | 'not-a-text-track'
  | 'not-a-video'
  | 'not-allowed'
  | 'not-found'
  | 'nothing-to-cancel'
  | 'nothing-to-retry'
  | 'openid-unreachable'
  | 'package-busy'
  | 'package-canceled'
  | 'package-failed'
  | 'package-not-found'
  | 'package-not-ready'
  | 'package-not-waiting'
  | 'packager-failed'
  | 'password-invalid'
  | 'password-wrong'
  | 'poster-not-available'
  | 'priority-unknown'
  | 'proxy-refused'
  | 'request-malformed'
  | 'revoke-invalid'
  | 'role-unknown'
  | 'scheme-unknown'
  | 'scopes-invalid'
  | 'session-not-found'
  | 'setting-invalid'
  | 'share-not-found'
  | 'share-password-wrong'
  | 'sign-in-failed'
  | 'sign-in-required'
  | 'signalling-unknown'
  | 'source-encrypted'
  | 'source-gone'
  | 'storage-in-use'
  | 'target-invalid'
  | 'text-encoding-unknown'
  | 'text-kind-unknown'
  | 'text-not-found'
  | 'title-invalid'
  | 'token-invalid'
  | 'token-not-found'
  | 'too-many-requests'
  | 'tool-failed'
  | 'tool-killed'
  | 'tool-missing'
  | 'tool-output-refused'
  | 'tool-timeout'
  | 'tus-version-unknown'
  | 'upload-busy'
  | 'upload-header-invalid'
  | 'upload-not-found'
  | 'upload-offset-wrong'
  | 'user-not-found'
  | 'verify-failed'
  | 'video-not-found'
  | 'video-too-complex'
  | 'visibility-unknown';

export interface ErrorDetails {
  /** The field of the request that is wrong. */
  field?: string;
  cause?: unknown;
  /** How long to wait before another try. */
  retryAfterSeconds?: number;
}

// Next.js bundles the route handlers apart from the server, each with its own class: the mark
// makes `instanceof` accept an AppError of the other bundle.
const mark = Symbol.for('cenclave.app-error');

/**
 * A failure that a person can act upon: the message says what happened and what to do, the code is for
 * programs. It knows nothing of HTTP, and never holds a key.
 */
export class AppError extends Error {
  readonly [mark] = true;
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = details.field;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
}
