import { expect, it } from 'vitest';
import { hashSecret, isApiToken, keyFor, newApiToken, newSecret } from '@/lib/accounts/secret';

it('a token is known by its form and its check digits', () => {
  const token = newApiToken();
  expect(token).toMatch(/^cvt_[\w-]{43}[0-9a-z]{6}$/);
  expect(isApiToken(token)).toBe(true);
  const other = token.at(10) === 'a' ? 'b' : 'a';
  expect(isApiToken(token.slice(0, 10) + other + token.slice(11))).toBe(false);
  expect(isApiToken(`${token}0`)).toBe(false);
  expect(isApiToken('')).toBe(false);
});

it('secrets differ, and have 256 bits', () => {
  const secrets = new Set(Array.from({ length: 100 }, newSecret));
  expect(secrets.size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
});

it('a hash is SHA-256', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('keys of different purposes differ', () => {
  const masterKey = Buffer.alloc(32, 7);
  const keys = (['session', 'share', 'audit'] as const).map((purpose) =>
    keyFor(purpose, masterKey).toString('hex'),
  );
  expect(new Set(keys).size).toBe(3);
  expect(keyFor('audit', masterKey).toString('hex')).toBe(keys[2]);
  expect(keyFor('audit', Buffer.alloc(32, 8)).toString('hex')).not.toBe(keys[2]);
});
