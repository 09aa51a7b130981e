import { describe, expect, it } from 'vitest';
import {
  hexProblem,
  keyRequestOf,
  newDraft,
  newKeyDraft,
  randomHex,
  requestOf,
} from '@/app/_features/packages/package-form';

const kid = '00112233445566778899aabbccddeeff';
const key = '0123456789abcdef0123456789abcdef';

describe('hexProblem', () => {
  it.each([
    [kid, null],
    ['00112233-4455-6677-8899-AABBCCDDEEFF', null],
    [` ${kid} `, null],
    ['', 'Enter the KID, or generate one.'],
    ['0011', 'The KID must be 32 digits long; this is 4.'],
    [`${kid}00`, 'The KID must be 32 digits long; this is 34.'],
    ['xyz', 'The KID may hold only the digits 0–9 and the letters a–f.'],
  ])('of %j is %j', (typed, problem) => {
    expect(hexProblem(typed, 'KID')).toBe(problem);
  });
});

describe('requestOf', () => {
  it('leaves the key to the server when none is given', () => {
    expect(requestOf({ ...newDraft, scheme: 'cbcs', kid: 'left over' })).toEqual({ scheme: 'cbcs' });
  });

  it('sends a given key in lower case without dashes', () => {
    const draft = { ...newDraft, hasOwnKey: true, kid: '00112233-4455-6677-8899-AABBCCDDEEFF', key };
    expect(requestOf(draft)).toEqual({ scheme: 'cenc', kid, key });
  });

  it('refuses a KID without a key, and a wrong KID', () => {
    expect(requestOf({ ...newDraft, hasOwnKey: true, kid, key: '' })).toBeNull();
    expect(requestOf({ ...newDraft, hasOwnKey: true, kid: 'zz', key })).toBeNull();
  });
});

it('requests new keys by the same rules as a package', () => {
  expect(keyRequestOf({ ...newKeyDraft, kid: 'left over' })).toEqual({});
  expect(keyRequestOf({ hasOwnKey: true, kid: kid.toUpperCase(), key })).toEqual({ kid, key });
  expect(keyRequestOf({ hasOwnKey: true, kid, key: '12' })).toBeNull();
});

it('generates valid values, no two alike', () => {
  const drawn = Array.from({ length: 50 }, randomHex);
  expect(drawn.map((hex) => hexProblem(hex, 'key'))).toEqual(drawn.map(() => null));
  expect(new Set(drawn).size).toBe(drawn.length);
});
