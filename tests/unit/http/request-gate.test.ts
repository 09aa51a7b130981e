import { describe, expect, it } from 'vitest';
import { ownHosts } from '@/lib/http/own-hosts';
import { checkRequest, type GatedRequest } from '@/lib/http/request-gate';

const local = ownHosts(undefined, 5000);
const named = ownHosts('https://video.example', 5000);

const get: GatedRequest = { method: 'GET', target: '/', hosts: ['localhost:5000'] };
const judge = (request: Partial<GatedRequest>, own = local) => {
  const judged = checkRequest({ ...get, ...request }, own);
  return 'error' in judged ? judged.error.code : 'admitted';
};

describe('Host', () => {
  it.each<[string[], string]>([
    [['localhost:5000'], 'admitted'],
    [['127.0.0.1:5000'], 'admitted'],
    [['[::1]:5000'], 'admitted'],
    [['LocalHost:5000'], 'admitted'],
    [['localhost'], 'host-unknown'],
    [['localhost:5001'], 'host-unknown'],
    [['localhost:05000'], 'host-unknown'],
    [['localhost.:5000'], 'host-unknown'],
    [['localhost:5000.'], 'host-unknown'],
    [['localhost:5000@evil.example'], 'host-unknown'],
    [['evil.example@localhost:5000'], 'host-unknown'],
    [['localhost:5000/'], 'host-unknown'],
    [['localhost:5000, localhost:5000'], 'host-unknown'],
    [['localhost:5000 evil.example'], 'host-unknown'],
    [['evil.example'], 'host-unknown'],
    [['evil.example:5000'], 'host-unknown'],
    [['localhost.evil.example:5000'], 'host-unknown'],
    [['127.0.0.2:5000'], 'host-unknown'],
    [['127.1:5000'], 'host-unknown'],
    [['2130706433:5000'], 'host-unknown'],
    [['[::]:5000'], 'host-unknown'],
    [['[::ffff:127.0.0.1]:5000'], 'host-unknown'],
    [['0.0.0.0:5000'], 'host-unknown'],
    [['192.168.1.7:5000'], 'host-unknown'],
    [['video.example'], 'host-unknown'],
    [[''], 'host-unknown'],
    [[], 'host-unknown'],
    [['localhost:5000', 'localhost:5000'], 'host-unknown'],
    [['localhost:5000', 'evil.example'], 'host-unknown'],
    [['evil.example', 'localhost:5000'], 'host-unknown'],
  ])('%j: %s', (hosts, answer) => {
    expect(judge({ hosts })).toBe(answer);
  });

  it.each<[string, string]>([
    ['video.example', 'admitted'],
    ['VIDEO.example:443', 'admitted'],
    ['video.example:5000', 'host-unknown'],
    ['a.video.example', 'host-unknown'],
    ['localhost:5000', 'admitted'],
  ])('%s, with PUBLIC_URL: %s', (host, answer) => {
    expect(judge({ hosts: [host] }, named)).toBe(answer);
  });

  it('says which setting to change', () => {
    const judged = checkRequest({ ...get, hosts: ['192.168.1.7:5000'] }, local);
    expect('error' in judged && judged.error.message).toMatch(/"192\.168\.1\.7:5000".*set PUBLIC_URL/);
  });

  it.each<[string, string | undefined, string]>([
    ['of a trusted proxy, with our host', 'video.example', 'admitted'],
    ['of a trusted proxy, with another host', 'evil.example', 'host-unknown'],
  ])('X-Forwarded-Host %s', (_, forwardedHost, answer) => {
    expect(judge({ forwardedHost }, named)).toBe(answer);
    expect(judge({ forwardedHost, hosts: ['evil.example'] }, named)).toBe('host-unknown');
  });
});

describe('the request target', () => {
  it.each<[string, string]>([
    ['http://localhost:5000/api/videos', 'admitted'],
    ['HTTP://LOCALHOST:5000', 'admitted'],
    ['http://evil.example/api/videos', 'host-unknown'],
    ['http://localhost:5000@evil.example/', 'host-unknown'],
    ['http://evil.example@localhost:5000/', 'host-unknown'],
    ['http:///api/videos', 'host-unknown'],
    ['https://localhost:5000/', 'target-invalid'],
    ['ftp://localhost:5000/', 'target-invalid'],
    ['localhost:5000', 'target-invalid'],
    ['*', 'target-invalid'],
    ['', 'target-invalid'],
    ['/\u009b31m', 'target-invalid'],
    ['/a\tb', 'target-invalid'],
    ['/%ff', 'target-invalid'],
    ['/%', 'target-invalid'],
    ['/%2', 'target-invalid'],
    ['/play/%C3%A9?q=%ff', 'admitted'],
  ])('%j: %s', (target, answer) => {
    expect(judge({ target })).toBe(answer);
  });

  it('is passed on without its host', () => {
    const judged = checkRequest({ ...get, target: 'http://localhost:5000/play/1?a#b' }, local);
    expect(judged).toEqual({
      ...{ target: '/play/1?a#b', kind: 'page', access: 'play' },
      resource: { kind: 'package', id: 1 },
    });
  });
});

it.each([
  '/_next/image',
  '/_next/image?url=%2Fdownload%2F1&w=64&q=75',
  '/_next/image/',
  '//_next//image',
  '/_next%2fimage',
  '/%5fnext/image',
  '/_NEXT/image',
  '/x/../_next/image',
  '/x/%2e%2e/_next/image',
  '/_next/static/../image',
  '/_next/static/%2e%2e/image',
  '/_next/static/..%2fimage',
  '/_next\\image',
  '/_next',
  '/_next/data/x.json',
  'http://localhost:5000/_next/image',
])('%s does not exist', (target) => {
  expect(judge({ target })).toBe('not-found');
});

it.each(['/_next/static/chunks/a.js', '/play/_next', '/icon.svg', '/shaka-player/5.2.12/shaka-player.ui.js'])(
  '%s is admitted',
  (target) => {
    expect(judge({ target })).toBe('admitted');
  },
);

it('readers of an address where nothing is get a page that says so, programs an error', () => {
  const ask = (request: Partial<GatedRequest>) =>
    checkRequest({ ...get, target: '/nothing', ...request }, local);
  const page = { target: '/_not-found', kind: 'page', access: 'open', resource: null };
  expect(ask({ accept: 'text/html,*/*;q=0.8' })).toEqual(page);
  const nothing = { error: { code: 'not-found' } };
  expect(ask({ accept: '*/*' })).toMatchObject(nothing);
  expect(ask({ accept: 'text/html', target: '/api/nothing' })).toMatchObject(nothing);
  expect(ask({ accept: 'text/html', method: 'POST' })).toMatchObject(nothing);
});

describe('methods', () => {
  it.each<[string, string, string]>([
    ['TRACE', '/', 'GET, HEAD'],
    ['TRACE', '/api/videos', 'GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/play/1', 'GET, HEAD'],
    ['POST', '/play/1', 'GET, HEAD'],
    ['OPTIONS', '/play/1', 'GET, HEAD'],
    ['PUT', '/api/videos/1', 'GET, HEAD, OPTIONS, PATCH, DELETE'],
    ['GET', '/api/uploads/1', 'HEAD, OPTIONS, PATCH, DELETE'],
    ['DELETE', '/media/0/v1/manifest.mpd', 'GET, HEAD, OPTIONS'],
    ['get', '/', 'GET, HEAD'],
  ])('%s %s: 405', (method, target, allow) => {
    const judged = checkRequest({ ...get, method, target }, local);
    expect(judged).toMatchObject({ error: { code: 'method-not-allowed' }, allow });
  });

  it('only a form may be sent to the first page', () => {
    const post = { method: 'POST', target: '/' };
    expect(judge({ ...post, contentType: 'multipart/form-data; boundary=B' })).toBe('admitted');
    expect(judge({ ...post, contentType: 'text/plain' })).toBe('method-not-allowed');
    expect(judge(post)).toBe('method-not-allowed');
  });
});

describe('a write', () => {
  const writes = ['POST', 'DELETE'].map((method) => ({
    method,
    target: method === 'POST' ? '/api/videos' : '/api/videos/1',
  }));
  const answers = (request: Partial<GatedRequest>, own = local) => [
    ...new Set(writes.map((write) => judge({ ...write, ...request }, own))),
  ];
  const outside = { hosts: ['video.example'] };

  it.each<[string, Partial<GatedRequest>, typeof local]>([
    ['from a program, without an origin', {}, local],
    ['from a page of this server', { origin: 'http://localhost:5000', fetchSite: 'same-origin' }, local],
    ['from the address bar', { fetchSite: 'none' }, local],
    ['by the public name', { ...outside, origin: 'https://video.example' }, named],
    ['by the public name with its port', { ...outside, origin: 'https://video.example:443' }, named],
    ['where a proxy changes the host', { origin: 'https://video.example' }, named],
    ['on this machine beside a public name', { origin: 'http://localhost:5000' }, named],
    ['by a trusted proxy for https', { origin: 'https://localhost:5000', forwardedProto: 'https' }, local],
  ])('is admitted: %s', (_, request, own) => {
    expect(answers(request, own)).toEqual(['admitted']);
  });

  it.each<[string, Partial<GatedRequest>, typeof local]>([
    ['from another site', { origin: 'https://evil.example' }, local],
    ['from another port', { origin: 'http://localhost:5001' }, local],
    ['from another name of this machine', { origin: 'http://127.0.0.1:5000' }, local],
    ['from https to http', { origin: 'https://localhost:5000' }, local],
    ['from http to https', { ...outside, origin: 'http://video.example' }, named],
    ['from a subdomain', { ...outside, origin: 'https://a.video.example' }, named],
    ['from a longer name', { ...outside, origin: 'https://video.example.evil.example' }, named],
    ['from a sandboxed frame or a file', { origin: 'null' }, local],
    ['from nowhere', { origin: '' }, local],
    ['from two origins', { origin: 'http://localhost:5000, https://evil.example' }, local],
    ['marked as from another site', { fetchSite: 'cross-site' }, local],
    ['marked as from another origin of the site', { fetchSite: 'same-site' }, local],
    ['marked twice', { fetchSite: 'same-origin, cross-site' }, local],
    ['marked, with our own origin', { fetchSite: 'cross-site', origin: 'http://localhost:5000' }, local],
  ])('is refused: %s', (_, request, own) => {
    expect(answers(request, own)).toEqual(['cross-origin']);
  });
});

it.each(['GET', 'HEAD'])('%s is admitted from any origin', (method) => {
  expect(judge({ method, origin: 'https://evil.example', fetchSite: 'cross-site' })).toBe('admitted');
});
