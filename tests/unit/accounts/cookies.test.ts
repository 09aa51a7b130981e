import { expect, it } from 'vitest';
import { cookieName, readCookie, setCookie } from '@/lib/accounts/cookies';

it.each([
  ['https://video.example', null, '__Host-cenclave'],
  ['https://video.example:8443', 'shares', '__Host-cenclave-shares'],
  ['http://localhost:5000', null, 'cenclave_5000'],
  ['http://localhost:5000', 'shares', 'cenclave-shares_5000'],
  ['http://video.example', null, 'cenclave_80'],
])('of %s, for %s: %s', (origin, purpose, expected) => expect(cookieName(origin, purpose)).toBe(expected));

it.each([
  ['a=1', '1'],
  ['b=2; a=1', '1'],
  ['ba=2;a=1=2', '1=2'],
  ['b=2', undefined],
  ['', undefined],
])('of "%s", a is %s', (header, expected) => expect(readCookie(header, 'a')).toBe(expected));

it('is Secure over HTTPS only', () => {
  expect(setCookie('https://a.example', 'n', 'v')).toBe('n=v; Path=/; HttpOnly; SameSite=Lax; Secure');
  expect(setCookie('http://localhost:1', 'n', 'v')).toBe('n=v; Path=/; HttpOnly; SameSite=Lax');
});
