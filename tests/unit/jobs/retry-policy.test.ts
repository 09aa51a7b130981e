import { expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { backoffSeconds, failureOf, isTransient } from '@/lib/jobs/retry-policy';

it.each([
  ['an unexpected error', new Error('x'), true],
  ['a tool that was ended from outside', new AppError('tool-killed', 'x'), true],
  ['a package that did not pass its check', new AppError('verify-failed', 'x'), false],
  ['a file that cannot be decoded', new AppError('encode-failed', 'x'), false],
  ['a file that is gone', new AppError('source-gone', 'x'), false],
  ['a full disk, which a person must free', new AppError('disk-full', 'x'), false],
])('%s', (_, error, expected) => {
  expect(isTransient(error)).toBe(expected);
});

it('waits longer after each failure', () => {
  expect([1, 2, 3].map(backoffSeconds)).toEqual([5, 30, 180]);
});

it('reveals nothing of an unexpected error', () => {
  expect(failureOf(new Error('/storage/secret')).message).not.toContain('secret');
  expect(failureOf(new AppError('encode-failed', 'Export it again.'))).toEqual({
    code: 'encode-failed',
    message: 'Export it again.',
  });
});
