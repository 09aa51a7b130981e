import { expect, it } from 'vitest';
import { returnPath } from '@/lib/users/return-path';

it.each([
  ['a page', '/users', '/users'],
  ['a page with a query and a fragment', '/audit?action=sign-in#top', '/audit?action=sign-in#top'],
  ['nothing', undefined, '/'],
  ['several', ['/users', '/audit'], '/'],
  ['an empty text', '', '/'],
  ['a relative path', 'users', '/'],
  ['another host', 'https://evil.example/', '/'],
  ['another host without a scheme', '//evil.example', '/'],
  ['another host behind a backslash', '/\\evil.example', '/'],
  ['another host behind a tab, which browsers skip', '/\t/evil.example', '/'],
  ['another host behind a line end', '/\n/evil.example', '/'],
  ['a script', 'javascript:alert(1)', '/'],
])('after signing in, %s leads to a page of this server', (_name, asked, path) => {
  expect(returnPath(asked)).toBe(path);
});
