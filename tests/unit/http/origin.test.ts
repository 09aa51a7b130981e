import { expect, it } from 'vitest';
import { originOf } from '@/lib/http/origin';

it.each<[string, Record<string, string>, string | undefined, string]>([
  ['as the client wrote it', { host: 'localhost:5000' }, undefined, 'http://localhost:5000'],
  ['IPv6', { host: '[::1]:5000' }, undefined, 'http://[::1]:5000'],
  [
    'behind a trusted proxy',
    { host: '127.0.0.1:5000', 'x-forwarded-host': 'localhost:5000', 'x-forwarded-proto': 'https' },
    undefined,
    'https://localhost:5000',
  ],
  [
    'behind two proxies',
    { host: 'localhost:5000', 'x-forwarded-proto': 'https, http' },
    undefined,
    'https://localhost:5000',
  ],
  [
    'with another scheme than there is',
    { host: 'localhost:5000', 'x-forwarded-proto': 'javascript' },
    undefined,
    'http://localhost:5000',
  ],
  ['by PUBLIC_URL', { host: 'video.example' }, 'https://video.example', 'https://video.example'],
  [
    'by PUBLIC_URL, however it was reached',
    { host: 'localhost:5000', 'x-forwarded-proto': 'http' },
    'https://video.example',
    'https://video.example',
  ],
  ['without a host', {}, undefined, 'http://localhost'],
])('%s', (_, headers, publicOrigin, origin) => {
  const request = new Request('http://ignored.example/path', { headers });
  expect(originOf(request, publicOrigin)).toBe(origin);
});
