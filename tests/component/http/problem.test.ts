import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/base/errors';
import { problemResponse, problemStatus } from '@/lib/http/problem';

vi.stubEnv('LOG_LEVEL', 'silent');

/** Every code, which the type requires: the client can fix 4xx, the operator 5xx. */
const statuses: Record<ErrorCode, number> = {
  'accounts-off': 403,
  'openid-unreachable': 502,
  'password-wrong': 422,
  'sign-in-failed': 422,
  'email-invalid': 400,
  'expiry-invalid': 400,
  'last-administrator': 409,
  'link-invalid': 404,
  'name-invalid': 400,
  'password-invalid': 400,
  'proxy-refused': 403,
  'role-unknown': 400,
  'scopes-invalid': 400,
  'session-not-found': 404,
  'share-not-found': 404,
  'share-password-wrong': 422,
  'token-invalid': 401,
  'token-not-found': 404,
  'too-many-requests': 429,
  'user-not-found': 404,
  'visibility-unknown': 400,
  'attempts-exhausted': 500,
  'backup-failed': 500,
  'nothing-to-cancel': 409,
  'nothing-to-retry': 409,
  'package-not-waiting': 409,
  'priority-unknown': 400,
  'tool-killed': 500,
  'bad-json': 400,
  'bad-multipart': 400,
  'bad-query': 400,
  'body-cut-off': 400,
  'body-too-large': 413,
  'body-too-slow': 408,
  'codec-not-supported': 422,
  'format-not-supported': 422,
  'cross-origin': 403,
  'description-invalid': 400,
  'disk-full': 507,
  'email-taken': 409,
  'encode-failed': 500,
  'encoding-not-supported': 415,
  'extension-not-allowed': 415,
  'file-missing': 400,
  'file-too-large': 413,
  'headers-too-large': 431,
  'host-unknown': 421,
  'id-not-number': 400,
  internal: 500,
  'key-missing': 400,
  'key-mode-unknown': 400,
  'keys-conflict': 400,
  'language-invalid': 400,
  'key-not-hex': 400,
  'kid-missing': 400,
  'kid-not-hex': 400,
  'license-keys-retired': 410,
  'license-kids-unknown': 404,
  'media-not-found': 404,
  'media-type-wrong': 415,
  'method-not-allowed': 405,
  'not-a-text-track': 422,
  'not-a-video': 422,
  'not-allowed': 403,
  'not-found': 404,
  'package-busy': 409,
  'package-canceled': 409,
  'package-failed': 422,
  'package-not-found': 404,
  'package-not-ready': 409,
  'packager-failed': 500,
  'poster-not-available': 404,
  'request-malformed': 400,
  'revoke-invalid': 400,
  'scheme-unknown': 400,
  'setting-invalid': 500,
  'sign-in-required': 401,
  'signalling-unknown': 400,
  'source-encrypted': 422,
  'source-gone': 410,
  'storage-in-use': 500,
  'target-invalid': 400,
  'text-encoding-unknown': 422,
  'text-kind-unknown': 400,
  'text-not-found': 404,
  'title-invalid': 400,
  'tool-failed': 500,
  'tool-missing': 500,
  'tool-output-refused': 500,
  'tool-timeout': 500,
  'tus-version-unknown': 412,
  'upload-busy': 423,
  'upload-header-invalid': 400,
  'upload-not-found': 404,
  'upload-offset-wrong': 409,
  'verify-failed': 500,
  'video-not-found': 404,
  'video-too-complex': 422,
};
const table = Object.entries(statuses) as [ErrorCode, number][]; // the keys are those of the record

describe('the answer to an error', () => {
  it.each(table)('%s is %i', async (code, status) => {
    const response = problemResponse(new AppError(code, 'What happened.'));
    expect(problemStatus(code)).toBe(status);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code, detail: 'What happened.' });
  });

  it.each(table)('%s has a title of its own status', async (code) => {
    const { title } = await problemResponse(new AppError(code, '')).json();
    expect(title).not.toBe('Error');
  });

  it('is complete problem+json, and is not cached', async () => {
    const response = problemResponse(new AppError('key-not-hex', 'The key must be …', { field: 'key' }));
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'The key must be …',
      code: 'key-not-hex',
      field: 'key',
    });
  });

  it('has no field when none is wrong, and never the cause', async () => {
    const error = new AppError('not-a-video', 'No.', { cause: new Error('/storage/secret') });
    const text = await problemResponse(error).text();
    expect(JSON.parse(text)).not.toHaveProperty('field');
    expect(text).not.toContain('secret');
  });
});

describe('the answer to an unexpected error', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('/storage/secret')],
    ['a type error', new TypeError('secret is not a function')],
    ['a string', 'secret'],
    ['nothing', undefined],
  ])('does not reveal it: %s', async (_, thrown) => {
    const response = problemResponse(thrown);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', title: 'Internal Server Error' });
    expect(text).not.toContain('secret');
  });
});

// Codes that appear on the terminal only are not part of the API.
const terminalCodes = ['backup-failed', 'setting-invalid', 'storage-in-use'];

it.each(Object.keys(statuses).filter((code) => !terminalCodes.includes(code)))(
  'docs/api.md lists %s',
  (code) => {
    expect(readFileSync('docs/api.md', 'utf8').split('## Error codes')[1]).toContain(`\`${code}\``);
  },
);
