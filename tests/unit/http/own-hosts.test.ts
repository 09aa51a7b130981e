import { expect, it } from 'vitest';
import { originOfHost, ownHosts, unreachableWarning } from '@/lib/http/own-hosts';

it.each<[string | undefined, number, string[]]>([
  [undefined, 5000, ['localhost:5000', '127.0.0.1:5000', '[::1]:5000']],
  [undefined, 80, ['localhost', 'localhost:80', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:80']],
])('with PUBLIC_URL %j on port %i: %j', (publicOrigin, port, hosts) => {
  expect([...ownHosts(publicOrigin, port).localHosts]).toEqual(hosts);
});

it.each<[string, string[]]>([
  ['https://video.example', ['video.example', 'video.example:443']],
  ['http://video.example', ['video.example', 'video.example:80']],
  ['https://video.example:8443', ['video.example:8443']],
  ['http://[fd00::7]:5000', ['[fd00::7]:5000']],
])('PUBLIC_URL %s has the hosts %j', (publicOrigin, hosts) => {
  expect([...ownHosts(publicOrigin, 5000).publicHosts]).toEqual(hosts);
});

it.each([
  ['video.example', 'http', 'https://video.example'],
  ['video.example:443', 'http', 'https://video.example'],
  ['localhost:5000', 'http', 'http://localhost:5000'],
  ['localhost:5000', 'https', 'https://localhost:5000'],
  ['localhost:5000', 'javascript', 'http://localhost:5000'],
])('the origin of %s by %s is %s', (host, scheme, origin) => {
  expect(originOfHost(ownHosts('https://video.example', 5000), host, scheme)).toBe(origin);
});

it.each<[string, string | undefined, string | null]>([
  ['127.0.0.1', undefined, null],
  ['localhost', undefined, null],
  ['::1', undefined, null],
  ['0.0.0.0', 'http://192.168.1.7:5000', null],
  ['0.0.0.0', undefined, 'such as http://192.168.1.7:5000.'],
  ['::', undefined, 'such as http://192.168.1.7:5000.'],
  ['10.0.0.4', undefined, 'such as http://10.0.0.4:5000.'],
  ['fd00::7', undefined, 'such as http://[fd00::7]:5000.'],
])('listening on %s with PUBLIC_URL %j warns: %j', (host, publicOrigin, end) => {
  const warning = unreachableWarning(host, 5000, publicOrigin);
  if (end === null) expect(warning).toBe(null);
  else expect(warning).toContain(`Set PUBLIC_URL to the address that browsers use, ${end}`);
});
