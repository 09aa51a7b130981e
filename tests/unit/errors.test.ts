import { expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';

it('carries a code for programs, a sentence for people, a field and a cause', () => {
  const cause = new Error('inside');
  const error = new AppError('key-not-hex', 'The key must be …', { field: 'key', cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'AppError',
    code: 'key-not-hex',
    message: 'The key must be …',
    field: 'key',
    cause,
  });
});

it('may have nothing but a code and a sentence', () => {
  expect(new AppError('internal', 'x')).toMatchObject({ field: undefined, cause: undefined });
});
