import { expect, it } from 'vitest';
import { originOf } from '@/lib/http/origin';

it.each<[string, Record<string, string>, string]>([
  ['from the Host header', { host: 'localhost:5000' }, 'http://localhost:5000'],
  ['IPv6', { host: '[::1]:5000' }, 'http://[::1]:5000'],
  [
    'from X-Forwarded-Host, which the gate sets',
    { host: 'localhost:5000', 'x-forwarded-host': 'video.example', 'x-forwarded-proto': 'https' },
    'https://video.example',
  ],
  [
    'behind two proxies',
    { host: 'localhost:5000', 'x-forwarded-proto': 'https, http' },
    'https://localhost:5000',
  ],
  [
    'with an unknown scheme',
    { host: 'localhost:5000', 'x-forwarded-proto': 'javascript' },
    'http://localhost:5000',
  ],
  ['without a host', {}, 'http://localhost'],
])('%s', (_, headers, origin) => {
  expect(originOf(new Request('http://ignored.example/path', { headers }))).toBe(origin);
});
