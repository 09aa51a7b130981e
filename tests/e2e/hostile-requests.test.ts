import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { sendRaw } from '../harness/raw-request';
import { createUpload } from '../harness/tus';

let server: AppServer;
let made: PackageView;
beforeAll(async () => {
  server = await startAppServer({ LOG_LEVEL: 'info' });
  const video = await uploadFile(server.origin, clip('audio.mp4'));
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(() => server.stop());

const ask = (start: string, ...headers: string[]) =>
  sendRaw(server.port, [start, 'Connection: close', ...headers, '', ''].join('\r\n'));
const host = () => `Host: localhost:${server.port}`;

/** One address of each handler: pages, route handlers, media, scripts, Next.js's files. */
const addresses = () => [
  '/',
  `/play/${made.id}`,
  '/nothing',
  '/api/videos',
  `/api/packages/${made.id}/keys`,
  made.links.manifest ?? '',
  `/download/${made.id}`,
  '/shaka-player/5/shaka-player.ui.js',
  builtFile(),
  '/icon.svg',
];
const builtFile = () => {
  const manifest = readFileSync('.next/build-manifest.json', 'utf8');
  return `/_next/${/static\/chunks\/[^"]+\.js/.exec(manifest)?.[0]}`;
};

describe('a foreign host is refused at every address', () => {
  it.each<[string, (target: string) => [string, ...string[]]]>([
    ['another name', (target) => [`GET ${target} HTTP/1.1`, `Host: evil.example:${server.port}`]],
    ['another port', (target) => [`GET ${target} HTTP/1.1`, 'Host: localhost']],
    ['none', (target) => [`GET ${target} HTTP/1.1`]],
    ['none, by HTTP/1.0', (target) => [`GET ${target} HTTP/1.0`]],
    ['two', (target) => [`GET ${target} HTTP/1.1`, host(), 'Host: evil.example']],
    ['the same twice', (target) => [`GET ${target} HTTP/1.1`, host(), host().toLowerCase()]],
    ['another before the path', (target) => [`GET http://evil.example${target} HTTP/1.1`, host()]],
    ['user information', (target) => [`GET ${target} HTTP/1.1`, `Host: a@localhost:${server.port}`]],
  ])('%s', async (_, request) => {
    for (const address of addresses()) {
      const answer = await ask(...request(address));
      expect(answer).toMatch(/^HTTP\/1\.1 421 Misdirected Request\r\n/);
      expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/i);
      expect(answer).toMatch(/"code":"host-unknown"/);
      expect(answer).toContain('set PUBLIC_URL');
    }
  });

  it('its own hosts are served, also in an absolute request target', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      expect(await ask('GET /api/videos HTTP/1.1', `Host: ${name}:${server.port}`)).toMatch(
        /^HTTP\/1\.1 200 /,
      );
    }
    const whole = `http://localhost:${server.port}/api/videos?limit=1`;
    expect(await ask(`GET ${whole} HTTP/1.1`, host())).toMatch(/^HTTP\/1\.1 200 [\s\S]*"items":\[/);
  });
});

describe('a write from another origin is refused at every address, and changes nothing', () => {
  const writes = [
    ['POST', '/upload'],
    ['POST', '/upload_input_content'],
    ['POST', '/packaged_content'],
    ['POST', '/api/videos'],
    ['POST', '/api/videos/1/packages'],
    ['POST', '/api/videos/1/texts'],
    ['POST', '/api/uploads'],
    ['POST', '/api/packages/1/license'],
    ['POST', '/api/packages/1/rekey'],
    ['POST', '/api/packages/1/retry'],
    ['PATCH', '/api/packages/1'],
    ['DELETE', '/api/packages/1'],
    ['DELETE', '/api/videos/1'],
  ] as const;
  const marks: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
  ];

  it.each(writes)('%s %s', async (method, address) => {
    const schemes = { Origin: server.origin.replace('http:', 'https:') };
    for (const headers of [...marks, schemes]) {
      const answer = await fetch(server.origin + address, { method, headers });
      expect([answer.status, (await answer.json()).code]).toEqual([403, 'cross-origin']);
    }
    expect((await (await fetch(server.origin + made.links.self)).json()).status).toBe('ready');
  });

  it('a form that is sent to the library page', async () => {
    const form = new FormData();
    form.append('file', new Blob(['x']), 'x.mp4');
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await fetch(server.origin, { method: 'POST', body: form, headers })).status).toBe(403);
  });
});

describe('methods', () => {
  it.each([
    ['TRACE', '/'],
    ['TRACE', '/api/videos'],
    ['TRACE', '/media/0123456789abcdef0123456789abcdef/v1/manifest.mpd'],
    ['PROPFIND', '/'],
    ['PUT', '/api/videos/1'],
    ['GET', '/upload'],
    ['POST', '/play/1'],
    ['POST', '/'],
    ['DELETE', '/icon.svg'],
    ['FOO', '/'],
    ['get', '/'],
    ['CONNECT', 'localhost:80'],
  ])('%s %s is answered with 405 and the allowed methods', async (method, address) => {
    const answer = await ask(`${method} ${address} HTTP/1.1`, host());
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
    expect(answer).toMatch(/\r\nallow: [A-Z, ]+\r\n/i);
    expect(answer).toMatch(/"code":"method-not-allowed"/);
    expect(answer).not.toMatch(/TRACE \/|evil/);
  });

  it('an upgrade is handled like any other request', async () => {
    const upgrade = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAA'];
    const webSocket = (address: string, name: string) =>
      sendRaw(
        server.port,
        [`GET ${address} HTTP/1.1`, name, 'Connection: Upgrade', ...upgrade, '', ''].join('\r\n'),
        /\r\n\r\n./,
      );
    expect(await webSocket('/_next/webpack-hmr', host())).toMatch(/^HTTP\/1\.1 404 /);
    expect(await webSocket('/', 'Host: evil.example')).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe("Next.js's internal addresses are not served", () => {
  const optimized = () => [
    `/_next/image?url=${encodeURIComponent(`/download/${made.id}`)}&w=640&q=75`,
    `/_next/image?url=${encodeURIComponent(made.links.manifest ?? '')}&w=640&q=75`,
    '/_next/image?url=%2Fapi%2Fvideos%2F1%2Fposter&w=640&q=75',
    '/_next/image?url=%0A%7B%22level%22%3A60%2C%22msg%22%3A%22forged%22%7D&w=640&q=75',
    '//_next//image?url=%2Ficon.svg&w=640&q=75',
    '/%5fnext/image?url=%2Ficon.svg&w=640&q=75',
    '/x/../_next/image?url=%2Ficon.svg&w=640&q=75',
    '/_next/static/%2e%2e/image?url=%2Ficon.svg&w=640&q=75',
    '/_next/data/1/index.json',
  ];
  it('in any spelling', async () => {
    for (const address of optimized()) {
      const answer = await ask(`GET ${address} HTTP/1.1`, host());
      expect([address, answer.slice(0, 13)]).toEqual([address, 'HTTP/1.1 404 ']);
      expect(answer).toMatch(/"code":"not-found"/);
    }
  });
});

describe('security headers', () => {
  const everywhere = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringMatching(/camera=\(\), microphone=\(\)/),
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'/,
    ),
  };
  const headersOf = (answer: string) =>
    Object.fromEntries(
      (answer.split('\r\n\r\n')[0] ?? '')
        .split('\r\n')
        .slice(1)
        .map((line) => [line.split(': ')[0]?.toLowerCase(), line.slice(line.indexOf(': ') + 2)]),
    );

  it.each<[string, number, () => Promise<string>]>([
    ['a redirect of ours', 307, () => ask(`GET /media/${made.mediaId}/manifest.mpd HTTP/1.1`, host())],
    ["a redirect of Next.js's", 308, () => ask('GET /play/1/ HTTP/1.1', host())],
    ['a missing page', 404, () => ask('GET /nothing HTTP/1.1', host())],
    ['a part of a track', 206, () => ask(`GET ${made.links.manifest} HTTP/1.1`, host(), 'Range: bytes=0-9')],
    ['a missing track', 404, () => ask(`GET /media/${made.mediaId}/v9/a.mp4 HTTP/1.1`, host())],
    [
      'a range that cannot be satisfied',
      416,
      () => ask(`GET ${made.links.manifest} HTTP/1.1`, host(), 'Range: bytes=9999999-'),
    ],
    ['a file that the client has', 304, () => ask('GET /download/1 HTTP/1.1', host(), 'If-None-Match: *')],
    ['an error of the API', 404, () => ask('GET /api/videos/999 HTTP/1.1', host())],
    ['a request that Next.js answers by itself', 204, () => ask('OPTIONS /api/videos HTTP/1.1', host())],
    ['tus', 204, () => ask('OPTIONS /api/uploads HTTP/1.1', host())],
    ['another host', 421, () => ask('GET / HTTP/1.1', 'Host: evil.example')],
    ['another method', 405, () => ask('TRACE / HTTP/1.1', host())],
    ['an unknown method', 405, () => ask('FOO / HTTP/1.1', host())],
    ['a malformed request', 400, () => ask('GET / HTTP/1.1', host(), 'Content-Length: x')],
    [
      'two ways to give the length',
      400,
      () => ask('POST /upload HTTP/1.1', host(), 'Content-Length: 1', 'Transfer-Encoding: chunked'),
    ],
    ['long headers', 431, () => ask('GET / HTTP/1.1', host(), `X-Long: ${'x'.repeat(20_000)}`)],
    ['a malformed path', 400, () => ask('GET /%ff HTTP/1.1', host())],
    ['an unknown expectation', 417, () => ask('GET / HTTP/1.1', host(), 'Expect: the unexpected')],
    ['a broken upload', 400, () => ask('POST /upload HTTP/1.1', host(), 'Content-Length: 0')],
  ])('are in the answer to %s', async (_, status, request) => {
    const answer = await request();
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(headersOf(answer)).toMatchObject(everywhere);
    expect(headersOf(answer)).not.toHaveProperty('x-powered-by');
  });

  it('are in the answer of each kind of address', async () => {
    for (const address of addresses())
      expect(headersOf(await ask(`GET ${address} HTTP/1.1`, host()))).toMatchObject(everywhere);
  });

  it('a nonce is new for each page, and no client brings its own', async () => {
    const page = () => ask('GET / HTTP/1.1', host(), "Content-Security-Policy: script-src 'nonce-mine'");
    const nonces = [await page(), await page()].map((answer) => /'nonce-([^']+)'/.exec(answer)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const answer of [await page()]) {
      expect(answer).not.toContain('nonce-mine');
      expect(answer).not.toContain('nonce="mine"');
    }
  });
});

it('client input forges no line of the log and puts no control character in it', async () => {
  const forged = encodeURIComponent('\n{"level":60,"msg":"forged"}\n\u001b[2Jforged\u009b31m\u2028forged');
  const control = 'forged\u009b31m\u0085forged';
  for (const target of [
    `/${forged}`,
    `/play/${forged}`,
    `/api/${forged}`,
    `/api/uploads/${forged}`,
    `/?q=${forged}`,
  ])
    for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS'])
      await ask(`${method} ${target} HTTP/1.1`, host(), 'Content-Length: 0');
  for (const name of [
    'RSC',
    'Next-Router-State-Tree',
    'Next-Action',
    'Next-Url',
    'Accept-Language',
    'Cookie',
  ])
    for (const method of ['GET', 'POST'])
      await ask(
        `${method} /play/1?_rsc=1 HTTP/1.1`,
        host(),
        'RSC: 1',
        `${name}: ${control}`,
        'Content-Length: 0',
      );
  await createUpload(server.origin, 10, forged, { 'Upload-Metadata': `a ${control}, b` }).catch(() => {});
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line !== '');
  const greeting = /^(▲ Next\.js|- (Local|Network): |✓ )/;
  for (const line of lines) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: asserts that there are none
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    if (!greeting.test(line)) expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
  }
});

it('the requests above leave nothing behind, and the server keeps running', async () => {
  for (const folder of ['incoming', 'incoming-resumable'])
    expect(readdirSync(path.join(server.storage, folder))).toEqual([]);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
  expect((await fetch(`${server.origin}/api/health`)).status).toBe(200);
});

it('no request is served unguarded while the server starts', async () => {
  const port = server.port + 1;
  const seen = new Set<string>();
  let isOver = false;
  const ask = async () => {
    while (!isOver) {
      const request = 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
      const answer = await sendRaw(port, request);
      if (answer) seen.add(answer.slice(9, 12));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const asking = ask();
  const other = await startAppServer({}, { port });
  await expect.poll(() => seen.has('421')).toBe(true);
  isOver = true;
  await asking;
  await other.stop();
  expect([...seen].filter((status) => !['421', '503'].includes(status))).toEqual([]);
});
