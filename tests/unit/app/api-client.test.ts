import { describe, expect, it } from 'vitest';
import { ApiError, errorFromAnswer, errorMessageOf, isNotFound } from '@/app/_lib/api-client';

describe('errorFromAnswer', () => {
  it('takes the message and the field of a problem response', () => {
    const body = JSON.stringify({ title: 'Bad Request', detail: 'The key must be 32 digits.', field: 'key' });
    expect(errorFromAnswer(400, body)).toMatchObject({
      message: 'The key must be 32 digits.',
      status: 400,
      field: 'key',
    });
  });

  it.each(['<html>Bad gateway</html>', '', 'null', '{}', '{"detail":5}'])(
    'names the status when the body is %j',
    (body) => {
      expect(errorFromAnswer(502, body)).toMatchObject({
        message: 'The server answered with an error (502).',
      });
    },
  );
});

it('distinguishes 404 from other errors', () => {
  expect(isNotFound(new ApiError('gone', 404))).toBe(true);
  expect(isNotFound(new ApiError('broken', 500))).toBe(false);
  expect(isNotFound(new TypeError('x'))).toBe(false);
});

it('has a sentence for unexpected errors', () => {
  expect(errorMessageOf(new TypeError('x is undefined'))).toContain('Something went wrong');
});
