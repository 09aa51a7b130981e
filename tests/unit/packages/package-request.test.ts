import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from '@/lib/http/field';
import {
  contentKeyOf,
  givenKey,
  packageOptions,
  packageRequest,
  priorityRequest,
  rekeyRequest,
} from '@/lib/packages/package-request';

const key = '76a6c65c5ea762046bd749a2e632ccbb';
const kid = 'a7e61c373e219033c21091fa607bf3b8';
const read = { keyHex: key, kidHex: kid };
const options = (fields: object) => packageOptions(readInput(packageRequest, fields));
const readContentKey = (fields: object) => options(fields).key;
const requireContentKey = (fields: object) => contentKeyOf(readInput(z.object(givenKey), fields));
const newKeys = (fields: object) => contentKeyOf(readInput(rekeyRequest, fields));
const readers = [
  ['optional', readContentKey],
  ['required', requireContentKey],
  ['new', newKeys],
] as const;

describe.each(readers)('a key that is %s', (_, reader) => {
  it.each([
    ['in lower case', { key, kid }],
    ['in capitals', { key: key.toUpperCase(), kid: kid.toUpperCase() }],
    ['in both', { key: `76A6${key.slice(4)}`, kid }],
    ['beside other fields', { key, kid, scheme: 'cbcs' }],
  ])('is read: %s', (_case, fields) => {
    expect(reader(fields)).toEqual(read);
  });

  it.each<[string, { key?: unknown; kid?: unknown }, string, string]>([
    ['no kid', { key }, 'kid-missing', 'kid'],
    ['kid of null', { key, kid: null }, 'kid-missing', 'kid'],
    ['no key', { kid }, 'key-missing', 'key'],
    ['key of null', { key: null, kid }, 'key-missing', 'key'],
    ['an empty key', { key: '', kid }, 'key-not-hex', 'key'],
    ['31 digits', { key: key.slice(1), kid }, 'key-not-hex', 'key'],
    ['33 digits', { key: `${key}0`, kid }, 'key-not-hex', 'key'],
    ['a letter after f', { key: `g${key.slice(1)}`, kid }, 'key-not-hex', 'key'],
    ['0x before it', { key: `0x${key.slice(2)}`, kid }, 'key-not-hex', 'key'],
    ['a line end after it', { key: `${key}\n`, kid }, 'key-not-hex', 'key'],
    ['digits of another script', { key: `７${key.slice(1)}`, kid }, 'key-not-hex', 'key'],
    ['a number', { key: 12, kid }, 'key-not-hex', 'key'],
    ['a list with the key in it', { key: [key], kid }, 'key-not-hex', 'key'],
    ['a boolean', { key: true, kid }, 'key-not-hex', 'key'],
    ['a kid as a UUID', { key, kid: 'a7e61c37-3e21-9033-c210-91fa607bf3b8' }, 'kid-not-hex', 'kid'],
    ['a kid in base64', { key, kid: 'p+YcNz4hkDPCEJH6YHvzuA==' }, 'kid-not-hex', 'kid'],
    ['an object for a kid', { key, kid: {} }, 'kid-not-hex', 'kid'],
  ])('is refused, naming what is wrong: %s', (_case, fields, code, field) => {
    expect(() => reader(fields)).toThrow(expect.objectContaining({ name: 'AppError', code, field }));
  });

  it('is never repeated when it is wrong', () => {
    expect(() => reader({ key: `${key}0`, kid })).toThrow(
      'The key must be 32 hexadecimal digits (16 bytes); got 33 characters.',
    );
    expect(() => reader({ key, kid: 7 })).toThrow(
      'The kid must be 32 hexadecimal digits (16 bytes); got a number.',
    );
  });
});

describe('no key at all', () => {
  it.each([{}, { key: null, kid: null }, { key: undefined }, { scheme: 'cenc' }])(
    'is generated: %j',
    (fields) => {
      expect(readContentKey(fields)).toBeNull();
    },
  );

  it('is missing where one is required', () => {
    expect(() => requireContentKey({})).toThrow(
      expect.objectContaining({ code: 'key-missing', field: 'key' }),
    );
  });
});

describe('a scheme', () => {
  it.each([
    ['cenc', 'cenc'],
    ['cbcs', 'cbcs'],
    [undefined, 'cenc'],
    [null, 'cenc'],
  ])('%j is %s', (scheme, expected) => {
    expect(options({ scheme }).scheme).toBe(expected);
  });

  it.each(['', 'CENC', 'cens', 'cbc1', 'aes-128', 1, ['cenc'], {}, false])('%j is not a scheme', (scheme) => {
    expect(() => options({ scheme }).scheme).toThrow(
      expect.objectContaining({
        code: 'scheme-unknown',
        field: 'scheme',
        message: 'scheme must be one of cenc, cbcs.',
      }),
    );
  });
});

describe('keys', () => {
  it.each([
    ['one', 'one'],
    ['per-track-type', 'per-track-type'],
    [undefined, 'one'],
    [null, 'one'],
  ])('%j are %s', (keys, expected) => {
    expect(options({ keys }).keyMode).toBe(expected);
  });

  it.each(['', 'ONE', 'many', 1, ['one'], {}, true])('%j are not a key mode', (keys) => {
    const message = 'keys must be one of one, per-track-type.';
    expect(() => options({ keys }).keyMode).toThrow(
      expect.objectContaining({ code: 'key-mode-unknown', field: 'keys', message }),
    );
  });

  it('for each type of track cannot be given', () => {
    expect(() => options({ keys: 'per-track-type', key, kid })).toThrow(
      expect.objectContaining({ code: 'keys-conflict', field: 'key' }),
    );
    expect(options({ keys: 'one', key, kid }).keyMode).toBe('one');
    expect(options({ keys: 'per-track-type', key: null, kid: null }).keyMode).toBe('per-track-type');
  });
});

describe('signalling', () => {
  it.each<[unknown, string[]]>([
    [undefined, []],
    [null, []],
    [[], []],
    ['widevine', ['widevine']],
    [['playready'], ['playready']],
    [
      ['playready', 'widevine', 'playready'],
      ['widevine', 'playready'],
    ],
  ])('%j is %j', (signalling, expected) => {
    expect(options({ signalling }).signalling).toEqual(expected);
  });

  it.each(['', 'Widevine', 'fairplay', ['widevine', 'fairplay'], [['widevine']], [null], 7, {}, false])(
    '%j is not signalling',
    (signalling) => {
      const message = 'signalling must be a list of widevine, playready.';
      expect(() => options({ signalling }).signalling).toThrow(
        expect.objectContaining({ code: 'signalling-unknown', field: 'signalling', message }),
      );
    },
  );
});

describe('the revocation of older keys', () => {
  it.each([
    [undefined, false],
    [null, false],
    [false, false],
    [true, true],
  ])('%j is %j', (revoke, expected) => {
    expect(readInput(rekeyRequest, { revoke }).revoke ?? false).toBe(expected);
  });

  it.each(['true', 1, 0, '', [], {}])('%j is neither', (revoke) => {
    expect(() => readInput(rekeyRequest, { revoke })).toThrow(
      expect.objectContaining({ code: 'revoke-invalid', field: 'revoke' }),
    );
  });
});

describe('a priority', () => {
  it.each([
    [undefined, 'normal'],
    [null, 'normal'],
    ['low', 'low'],
    ['high', 'high'],
  ])('%j is %s', (priority, expected) => {
    expect(options({ priority }).priority).toBe(expected);
  });

  it.each(['', 'HIGH', 1, ['high'], {}])('%j is not a priority', (priority) => {
    const error = { code: 'priority-unknown', message: 'priority must be one of low, normal, high.' };
    for (const schema of [packageRequest, priorityRequest])
      expect(() => readInput(schema, { priority })).toThrow(expect.objectContaining(error));
  });

  it('must be named by a request that is only for it', () => {
    expect(() => readInput(priorityRequest, {})).toThrow(
      expect.objectContaining({ code: 'priority-unknown', field: 'priority' }),
    );
  });
});

it('a request may have other fields, which are ignored', () => {
  expect(readInput(packageRequest, { scheme: 'cbcs', more: true })).toEqual({ scheme: 'cbcs' });
});

it.each([null, [], 'a', 1])('a request must be an object, not %j', (body) => {
  expect(packageRequest.safeParse(body).success).toBe(false);
});
