import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { backoffSeconds, failureOf, mayPass } from '@/lib/jobs/retry-policy';

it.each([
  ['an error that was not foreseen', new Error('x'), true],
  ['a tool that was ended from outside', new AppError('tool-killed', 'x'), true],
  ['a package that did not pass its check', new AppError('verify-failed', 'x'), false],
  ['a file that cannot be decoded', new AppError('encode-failed', 'x'), false],
  ['a file that is gone', new AppError('source-gone', 'x'), false],
  ['a full disk, which a person must mend', new AppError('disk-full', 'x'), false],
])('%s', (_, error, expected) => {
  expect(mayPass(error)).toBe(expected);
});

it('waits longer after each failure', () => {
  expect([1, 2, 3].map(backoffSeconds)).toEqual([5, 30, 180]);
});

it('tells nothing from inside an error that was not foreseen', () => {
  expect(failureOf(new Error('/storage/secret')).message).not.toContain('secret');
  expect(failureOf(new AppError('encode-failed', 'Export it again.'))).toEqual({
    code: 'encode-failed',
    message: 'Export it again.',
  });
});
