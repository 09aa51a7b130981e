import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { isDiskFull, orDiskFull, orDiskFullAt } from '@/lib/storage/disk-full';
import { tempFolder } from '../../harness/temp-folder';

const coded = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

describe('a full disk is recognized', () => {
  it.each([
    ['by Node.js', coded('ENOSPC'), true],
    ['by Node.js, of a quota', coded('EDQUOT'), true],
    ['by SQLite', coded('SQLITE_FULL'), true],
    ['by SQLite, of its index', coded('SQLITE_IOERR_SHMSIZE'), true],
    ['by the cause of another error', new Error('x', { cause: coded('x', coded('ENOSPC')) }), true],
    ['by us', new AppError('disk-full', 'x'), true],
    ['not by a disk that is broken', coded('SQLITE_IOERR_WRITE'), false],
    ['not by a file that is missing', coded('ENOENT'), false],
    ['not by something that is not an error', 'ENOSPC', false],
    ['not by undefined', undefined, false],
  ])('%s', (_, error, isFull) => {
    expect(isDiskFull(error)).toBe(isFull);
  });
});

it('an error of a full disk becomes `disk-full` and its cause; other errors stay as they are', () => {
  const cause = coded('SQLITE_FULL');
  expect(orDiskFull(cause)).toMatchObject({ code: 'disk-full', cause });
  for (const other of [new AppError('disk-full', 'x'), new AppError('encode-failed', 'x'), coded('ENOENT')])
    expect(orDiskFull(other)).toBe(other);
});

it('a failure on a disk with room stays as it is', async () => {
  const error = new AppError('verify-failed', 'x');
  expect(await orDiskFullAt(tempFolder(), error)).toBe(error);
});
