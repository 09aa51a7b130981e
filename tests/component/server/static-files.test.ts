import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { compressFiles } from '@/scripts/setup/compress-files.mjs';
import { staticFiles } from '@/server/static-files';
import { tempFolder } from '@/tests/harness/temp-folder';

const script = 'const words = "over and over";\n'.repeat(2000);

/** A server of what a build leaves, in a folder of its own; other addresses answer "another". */
async function serve() {
  const root = tempFolder();
  const [chunks, player] = ['.next/static/chunks', 'node_modules/shaka-player/dist'];
  for (const folder of [chunks, player]) mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, chunks, 'a.js'), script);
  writeFileSync(path.join(root, chunks, 'small.css'), 'a {}');
  writeFileSync(path.join(root, player, 'shaka-player.ui.js'), script);
  writeFileSync(path.join(root, 'secret.js'), 'secret');
  await compressFiles(root);
  const send = staticFiles([
    ['/_next/static', path.join(root, '.next/static')],
    ['/shaka-player/1.2.3', path.join(root, '.next/shaka-player')],
  ]);
  const server = createServer((request, response) =>
    send(request, response, () => response.end(`another: ${request.url}`)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return async (address: string, headers: Record<string, string> = {}, method = 'GET') => {
    const [response] = await once(get({ port, path: address, headers, method, agent: false }), 'response');
    return response as IncomingMessage;
  };
}

it.each([
  ['br', (body: Buffer) => brotliDecompressSync(body)],
  ['gzip', (body: Buffer) => gunzipSync(body)],
])('are sent as the build compressed them: %s', async (encoding, open) => {
  const ask = await serve();
  for (const address of ['/_next/static/chunks/a.js', '/shaka-player/1.2.3/shaka-player.ui.js']) {
    const response = await ask(address, { 'Accept-Encoding': encoding });
    const body = await buffer(response);
    expect(body.length).toBeLessThan(script.length / 10);
    expect(open(body).toString()).toBe(script);
    expect(response.headers).toMatchObject({
      'cache-control': 'public,max-age=31536000,immutable',
      'content-encoding': encoding,
      'content-length': String(body.length),
      'content-type': 'text/javascript',
      vary: 'Accept-Encoding',
    });
  }
});

it.each(['', 'identity', 'zstd'])('are sent uncompressed for Accept-Encoding: %j', async (encoding) => {
  const ask = await serve();
  const response = await ask('/_next/static/chunks/a.js?v=1', { 'Accept-Encoding': encoding });
  expect(await text(response)).toBe(script);
  expect(response.headers['content-encoding']).toBeUndefined();
});

it('are not compressed where they are small', async () => {
  const ask = await serve();
  const response = await ask('/_next/static/chunks/small.css', { 'Accept-Encoding': 'br, gzip' });
  expect(await text(response)).toBe('a {}');
  expect(response.headers).toMatchObject({ 'content-type': 'text/css' });
});

it.each([
  '/_next/static/chunks/none.js',
  '/_next/static/../../secret.js',
  '/_next/static/..%2f..%2fsecret.js',
  '/_next/static/%2e%2e/%2e%2e/secret.js',
  '/_next/static',
  '/_next/static/chunks/',
  '/shaka-player/1.2.4/shaka-player.ui.js',
  '/',
])('%s is left to the next handler, as it was asked for', async (address) => {
  const ask = await serve();
  expect(await text(await ask(address))).toBe(`another: ${address}`);
});

it('answer reading only', async () => {
  const ask = await serve();
  expect(await text(await ask('/_next/static/chunks/a.js', {}, 'DELETE'))).toMatch('another');
});
