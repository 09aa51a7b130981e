import { expect, it } from 'vitest';
import { isOwnPath } from '@/lib/users/sign-in-by-openid';

it.each([
  ['/', true],
  ['/play/1?t=3#a', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['https://evil.example/', false],
  ['javascript:alert(1)', false],
  ['', false],
])('"%s" is a path of this server: %s', (path, expected) => expect(isOwnPath(path)).toBe(expected));
