import { expect, it } from 'vitest';
import { hashPassword, isAcceptablePassword, isPassword } from '@/lib/accounts/password';

it('a password is known again, in either composition of its characters', async () => {
  const hash = await hashPassword('caf\u00e9 with twelve');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await isPassword('cafe\u0301 with twelve', hash)).toBe(true);
  expect(await isPassword('cafe with twelve', hash)).toBe(false);
  expect(await hashPassword('caf\u00e9 with twelve')).not.toBe(hash);
});

it('a hash with other costs is read with those', async () => {
  // A test vector of the reference implementation (phc-winner-argon2, src/test.c).
  const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
  expect(await isPassword('password', hash)).toBe(true);
  expect(await isPassword('differentpassword', hash)).toBe(false);
});

it.each([
  ['eleven char', false],
  ['twelve chars', true],
  ['x'.repeat(256), true],
  ['x'.repeat(257), false],
])('"%s" is acceptable: %s', (password, expected) => expect(isAcceptablePassword(password)).toBe(expected));
