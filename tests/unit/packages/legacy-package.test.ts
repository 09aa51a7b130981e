import { describe, expect, it } from 'vitest';
import { readInput } from '@/lib/http/field';
import { legacyPackageRequest } from '@/lib/packages/legacy-package';

const key = '76a6c65c5ea762046bd749a2e632ccbb';
const readId = (id: unknown) => readInput(legacyPackageRequest, { id, key, kid: key }).id;

describe('the id of a legacy request', () => {
  it.each([
    [1, 1],
    [42, 42],
    ['42', 42],
    ['007', 7],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['999999999999999', 999_999_999_999_999],
  ])('is read: %j', (id, expected) => {
    expect(readId(id)).toBe(expected);
  });

  // biome-ignore format: a table
  it.each([
    undefined, null, '', 'abc', ' 1', '1 ', '1.0', '-1', '1e3', '0x1', '0', 0, -1, 1.5, Number.NaN, 1e300, 2 ** 53, true, [], [1], {},
    '1000000000000000',
  ])('is refused: %j', (id) => {
    expect(() => readId(id)).toThrow(expect.objectContaining({ code: 'id-not-number', field: 'id' }));
  });
});
