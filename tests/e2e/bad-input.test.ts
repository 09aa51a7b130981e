import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clip, drawClip, h264, testPattern } from '../fixtures/clips';
import { postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { filesBelow } from '../harness/temp-folder';

const key = '76a6c65c5ea762046bd749a2e632ccbb';
const kid = 'a7e61c373e219033c21091fa607bf3b8';
const maxBytes = 3_000_000;

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ MAX_UPLOAD_BYTES: String(maxBytes) });
});
afterAll(() => server.stop());

/** A refusal leaves no row and no file, and the server logs no unhandled error. */
afterEach(async () => {
  const { items } = await (await fetch(`${server.origin}/api/videos`)).json();
  for (let tries = 0; tries < 400 && (await uploadedFiles()).length > items.length; tries += 1)
    await sleep(50);
  expect(await uploadedFiles()).toHaveLength(items.length);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
});

const uploadedFiles = async () =>
  (await filesBelow(server.storage)).filter((file) =>
    /^(uploads|incoming|work\/[^/]+\/jobs|packages)\//.test(file),
  );

const videoCount = async () => (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;

function formOf(content: Uint8Array | string, name: string, field = 'file'): FormData {
  const form = new FormData();
  form.append(field, new Blob([content as BlobPart]), name);
  return form;
}

const text = 'this is not a video';
const playlist = 'ffconcat version 1.0\nfile /etc/passwd\n';
const hls = '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n';
const encrypted = () =>
  drawClip('encrypted.mp4', [
    ...testPattern('320x180', 25, 1),
    ...h264,
    ...['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', key, '-encryption_kid', kid],
  ]);
const refusals: [string, () => BodyInit, Record<string, string>, number, string][] = [
  ['no file part', () => formOf('x', 'x.mp4', 'other'), {}, 400, 'file-missing'],
  ['no form', () => text, {}, 400, 'file-missing'],
  ['another extension', () => formOf(text, 'x.exe'), {}, 415, 'extension-not-allowed'],
  ['no extension', () => formOf(text, 'video'), {}, 415, 'extension-not-allowed'],
  ['plain text', () => formOf(text, 'x.mp4'), {}, 422, 'not-a-video'],
  ['a list of files (ffconcat)', () => formOf(playlist, 'x.mp4'), {}, 422, 'not-a-video'],
  ['an HLS playlist', () => formOf(hls, 'x.mp4'), {}, 422, 'not-a-video'],
  [
    'half an MP4',
    () => formOf(readFileSync(clip('h264-aac.mp4')).subarray(0, 9000), 'x.mp4'),
    {},
    422,
    'not-a-video',
  ],
  ['an encrypted video', () => formOf(readFileSync(encrypted()), 'x.mp4'), {}, 422, 'source-encrypted'],
  ['an empty file', () => formOf('', 'x.mp4'), {}, 422, 'not-a-video'],
  ['too many bytes', () => formOf(new Uint8Array(maxBytes + 1), 'x.mp4'), {}, 413, 'file-too-large'],
  ['far too many bytes', () => formOf(new Uint8Array(4 * maxBytes), 'x.mp4'), {}, 413, 'file-too-large'],
  [
    'a compressed body',
    () => formOf(text, 'x.mp4'),
    { 'Content-Encoding': 'gzip' },
    415,
    'encoding-not-supported',
  ],
  ['another site', () => formOf(text, 'x.mp4'), { Origin: 'https://elsewhere.example' }, 403, 'cross-origin'],
];

describe('an upload is refused:', () => {
  for (const address of ['/upload', '/upload_input_content', '/api/videos']) {
    for (const [name, body, headers, status, code] of refusals) {
      it(`${name}, at ${address}`, async () => {
        const before = await videoCount();
        const answer = await fetch(server.origin + address, { method: 'POST', body: body(), headers });
        expect(answer.status).toBe(status);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        const problem = await answer.json();
        expect(problem).toMatchObject({ type: 'about:blank', status, code });
        expect(problem.detail).toMatch(/\.$/);
        expect(await videoCount()).toBe(before);
      });
    }
  }

  it('two files in one request', async () => {
    const form = formOf(readFileSync(clip('h264-aac.mp4')), 'a.mp4');
    form.append('file', new Blob([readFileSync(clip('h264-aac.mp4'))]), 'b.mp4');
    const answer = await fetch(`${server.origin}/upload`, { method: 'POST', body: form });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad-multipart', field: 'file' });
    expect(await videoCount()).toBe(0);
  });
});

const partHead = (name: string) =>
  `--B\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;

/** Sends raw bytes and returns the whole answer, once the server has closed the connection. */
async function sendRaw(headers: string[], body: Buffer): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  const head = [
    'POST /upload HTTP/1.1',
    `Host: localhost:${server.port}`,
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n');
  socket.write(Buffer.concat([Buffer.from(head), body]));
  await once(socket, 'close');
  return answer;
}

const multipart = 'Content-Type: multipart/form-data; boundary=B';

it('a body that ends inside the file is refused', async () => {
  const body = Buffer.concat([Buffer.from(partHead('x.mp4')), Buffer.alloc(50_000)]);
  const answer = await sendRaw([multipart, `Content-Length: ${body.length}`], body);
  expect(answer).toContain('HTTP/1.1 400');
  expect(answer).toContain('"code":"bad-multipart"');
});

it('a client that disconnects leaves nothing behind', async () => {
  for (let i = 0; i < 20; i += 1) {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    const head = `POST /upload HTTP/1.1\r\nHost: localhost:${server.port}\r\n${multipart}\r\nContent-Length: 900000\r\n\r\n${partHead('x.mp4')}`;
    socket.write(head + 'x'.repeat(100_000 + i));
    await sleep(20);
    socket.destroy();
  }
});

describe('file names are data:', () => {
  const names: [string, string][] = [
    ['../../x.mp4', 'x.mp4'],
    ['..\\..\\y.mp4', 'y.mp4'],
    ['a\u0000b.mp4', 'ab.mp4'],
    ['\u202egpj.mp4', 'gpj.mp4'],
    ['🎬 été.mp4', '🎬 été.mp4'],
    [`${'n'.repeat(4096)}.mp4`, `${'n'.repeat(251)}.mp4`],
    ['/etc/passwd.mp4', 'passwd.mp4'],
  ];
  for (const [sent, kept] of names) {
    it(JSON.stringify(sent.slice(0, 20)), async () => {
      const file = readFileSync(clip('audio.mp4'));
      // Python's requests sends the name in raw UTF-8, and no Content-Type for the part.
      const body = Buffer.concat([Buffer.from(partHead(sent)), file, Buffer.from('\r\n--B--\r\n')]);
      const answer = await sendRaw([multipart, `Content-Length: ${body.length}`], body);
      expect(answer).toContain('HTTP/1.1 200');
      const { items } = await (await fetch(`${server.origin}/api/videos?limit=1`)).json();
      expect(items[0]).toMatchObject({ name: kept, sizeBytes: file.length });
      expect((await filesBelow(server.storage)).filter((name) => name.includes('passwd'))).toEqual([]);
    });
  }

  it('two uploads with the same name are two videos', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => uploadFile(server.origin, clip('audio.mp4'), 'same.mp4')),
    );
    expect(one?.id).not.toBe(two?.id);
  });
});

describe('a request for a package is refused:', () => {
  const refused: [string, unknown, number, string, string | undefined][] = [
    ['no JSON', '{', 400, 'bad-json', undefined],
    ['a list', [], 400, 'bad-json', undefined],
    ['no id', { key, kid }, 400, 'id-not-number', 'id'],
    ['a word for an id', { id: 'one', key, kid }, 400, 'id-not-number', 'id'],
    ['no key', { id: 1, kid }, 400, 'key-missing', 'key'],
    ['a short key', { id: 1, key: key.slice(1), kid }, 400, 'key-not-hex', 'key'],
    ['a key that is not hex', { id: 1, key: 'g'.repeat(32), kid }, 400, 'key-not-hex', 'key'],
    ['a number for a key', { id: 1, key: 5, kid }, 400, 'key-not-hex', 'key'],
    ['no kid', { id: 1, key }, 400, 'kid-missing', 'kid'],
    ['a long kid', { id: 1, key, kid: `${kid}0` }, 400, 'kid-not-hex', 'kid'],
    ['an unknown id', { id: 999, key, kid }, 404, 'video-not-found', 'id'],
    ['a large body', `"${'x'.repeat(100_000)}"`, 413, 'body-too-large', undefined],
  ];
  for (const [name, body, status, code, field] of refused) {
    it(name, async () => {
      const answer = await postJson(`${server.origin}/packaged_content`, body);
      expect(answer.status).toBe(status);
      const problem = await answer.json();
      expect([problem.code, problem.field]).toEqual([code, field]);
      expect(JSON.stringify(problem)).not.toContain(key.slice(1));
      expect((await (await fetch(`${server.origin}/api/packages`)).json()).items).toEqual([]);
    });
  }
});

it.each([
  ['/download/999', 404, 'package-not-found'],
  ['/download/x', 400, 'id-not-number'],
  ['/packaged_content/999', 404, 'package-not-found'],
  ['/api/videos/0', 400, 'id-not-number'],
  ['/api/packages/1e3', 400, 'id-not-number'],
  ['/api/nothing', 404, 'not-found'],
  ['/api/videos?limit=0', 400, 'bad-query'],
  ['/api/videos?cursor=x', 400, 'bad-query'],
  ['/media/0123456789abcdef0123456789abcdef/v1/manifest.mpd', 404, 'media-not-found'],
  ['/media/..%2f..%2f/v1/master.key', 404, 'media-not-found'],
])('GET %s answers %i %s', async (address, status, code) => {
  const answer = await fetch(server.origin + address);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code });
});

it('a second server on the same storage folder exits with an explanation; the first keeps running', async () => {
  const second = startAppServer({}, { storage: server.storage });
  await expect(second).rejects.toThrow(/Another Cenclave uses/);
  expect((await fetch(`${server.origin}/api/health`)).status).toBe(200);
});
