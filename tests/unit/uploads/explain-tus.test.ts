import { ERRORS } from '@tus/server';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { problemStatus } from '@/lib/http/problem';
import { explainTus, tusRefusal } from '@/lib/uploads/explain-tus';

describe('an error of the tus library', () => {
  it.each([
    ['FILE_NOT_FOUND', 404, 'upload-not-found'],
    ['FILE_NO_LONGER_EXISTS', 404, 'upload-not-found'],
    ['INVALID_OFFSET', 409, 'upload-offset-wrong'],
    ['ERR_MAX_SIZE_EXCEEDED', 413, 'file-too-large'],
    ['ERR_SIZE_EXCEEDED', 413, 'body-too-large'],
    ['ERR_LOCK_TIMEOUT', 423, 'upload-busy'],
    ['ABORTED', 423, 'upload-busy'],
    ['MISSING_OFFSET', 400, 'upload-header-invalid'],
    ['INVALID_LENGTH', 400, 'upload-header-invalid'],
    ['INVALID_METADATA', 400, 'upload-header-invalid'],
    ['UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION', 400, 'upload-header-invalid'],
  ] as const)('%s is reported as %i %s', (name, status, code) => {
    const error = explainTus(ERRORS[name], 1000);
    expect(error).toMatchObject({ code });
    expect(problemStatus(code)).toBe(status);
    expect((error as AppError).message).toMatch(/[^.]\.$/);
  });

  it('is reported as a full disk', () => {
    const error = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    expect(explainTus(error, 1000)).toMatchObject({ code: 'disk-full' });
  });

  it('stays as it is where it is our own or unexpected', () => {
    for (const error of [new AppError('not-a-video', 'No.'), new Error('boom'), undefined, 'text'])
      expect(explainTus(error, 1000)).toBe(error);
  });

  it('names the header that is wrong', () => {
    expect(tusRefusal(400, 'Invalid upload-length\n').message).toContain('Invalid upload-length');
    expect(tusRefusal(412, '').code).toBe('tus-version-unknown');
  });
});
