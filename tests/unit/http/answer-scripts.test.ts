import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { scriptAnswers, sendScript } from '@/lib/http/answer-scripts';
import { answerBeforeNext } from '@/lib/http/before-next';
import { tempFolder } from '@/tests/support/temp-folder';

const script = 'const words = "over and over";\n'.repeat(2000);

function scriptFile(name = 'a.js'): string {
  const file = path.join(tempFolder(), name);
  writeFileSync(file, script);
  return file;
}

const accepting = (encodings?: string) => ({
  method: 'GET',
  headers: new Headers(encodings === undefined ? {} : { 'Accept-Encoding': encodings }),
});

async function sent(encodings: string | undefined, file: string): Promise<Response> {
  const response = await sendScript(accepting(encodings), file);
  if (!response) throw new Error('There was no script.');
  return response;
}

it.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.5', 'deflate , gzip ; q=1'])(
  'is compressed for Accept-Encoding: %s',
  async (encodings) => {
    const response = await sent(encodings, scriptFile());
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.length).toBeLessThan(script.length / 10);
    expect(gunzipSync(body).toString()).toBe(script);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    });
  },
);

it.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0.0, br', 'xgzip'])(
  'is sent uncompressed for Accept-Encoding: %s',
  async (encodings) => {
    const response = await sent(encodings, scriptFile('a.css'));
    expect(await response.text()).toBe(script);
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
  },
);

it('is compressed once', async () => {
  const file = scriptFile();
  const first = await (await sent('gzip', file)).arrayBuffer();
  writeFileSync(file, 'changed');
  expect(await (await sent('gzip', file)).arrayBuffer()).toEqual(first);
});

it('is read again after it could not be read', async () => {
  const file = path.join(tempFolder(), 'late.js');
  expect(await sendScript(accepting('gzip'), file)).toBeNull();
  writeFileSync(file, script);
  expect(await sendScript(accepting('gzip'), file)).toMatchObject({ status: 200 });
});

it.each([
  '/_next/static/chunks/../../BUILD_ID.js',
  '/_next/static/chunks/..%2F..%2Fpackage.js',
  '/_next/static/chunks/a.js.map',
  '/_next/static/media/a.woff2',
  '/_next/static/chunks/of-no-build.js',
  '/shaka-player/../a',
])('%s is left to the previous handler', async (address) => {
  const server = createServer(async (request, response) => {
    if (!(await answerBeforeNext(scriptAnswers, request, response))) response.end('another');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const [response] = await once(get({ port, path: address, agent: false }), 'response');
  expect(await text(response)).toBe('another');
});
