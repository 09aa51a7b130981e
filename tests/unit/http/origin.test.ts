import { expect, it } from 'vitest';
import { originOf } from '@/lib/http/origin';

it.each<[string, Record<string, string>, string]>([
  ['as the client wrote it', { host: 'localhost:5000' }, 'http://localhost:5000'],
  ['an address', { host: '192.168.1.7:5000' }, 'http://192.168.1.7:5000'],
  ['IPv6', { host: '[::1]:5000' }, 'http://[::1]:5000'],
  [
    'behind a proxy',
    { host: 'inner:5000', 'x-forwarded-host': 'video.example', 'x-forwarded-proto': 'https' },
    'https://video.example',
  ],
  [
    'behind a proxy that tells the protocol only',
    { host: 'video.example', 'x-forwarded-proto': 'https' },
    'https://video.example',
  ],
  [
    'behind two proxies',
    {
      host: 'inner',
      'x-forwarded-host': 'video.example, middle.example',
      'x-forwarded-proto': 'https, http',
    },
    'https://video.example',
  ],
  ['without a host', {}, 'http://localhost'],
])('%s', (_, headers, origin) => {
  expect(originOf(new Request('http://ignored.example/path', { headers }))).toBe(origin);
});
