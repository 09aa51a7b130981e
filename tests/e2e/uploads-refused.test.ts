import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppServer, startAppServer } from '../harness/app-server';
import { sendSlowly } from '../harness/slow-body';
import { filesBelow } from '../harness/temp-folder';
import { beginUpload, createUpload, endUpload, offsetOf, sendPart, tusBytes } from '../harness/tus';

const maxBytes = 10 ** 15;

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ MAX_UPLOAD_BYTES: String(maxBytes) });
});
afterAll(() => server.stop());

const received = async () => (await filesBelow(server.storage)).filter((file) => file.startsWith('incoming'));
const videoCount = async () => (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;

describe('an upload by tus is refused:', () => {
  const refusals: [string, () => Promise<Response>, number, string][] = [
    ['too large', () => createUpload(server.origin, maxBytes + 1), 413, 'file-too-large'],
    ['larger than any disk', () => createUpload(server.origin, maxBytes), 507, 'disk-full'],
    ['another extension', () => createUpload(server.origin, 10, 'x.exe'), 415, 'extension-not-allowed'],
    [
      'no length',
      () => createUpload(server.origin, 10, 'x.mp4', { 'Upload-Length': '-1' }),
      400,
      'upload-header-invalid',
    ],
    [
      'no name',
      () => createUpload(server.origin, 10, 'x.mp4', { 'Upload-Metadata': 'a' }),
      415,
      'extension-not-allowed',
    ],
    [
      'another version',
      () => createUpload(server.origin, 10, 'x.mp4', { 'Tus-Resumable': '0.2.2' }),
      400,
      'upload-header-invalid',
    ],
    [
      'no version',
      () => fetch(`${server.origin}/api/uploads`, { method: 'POST' }),
      412,
      'tus-version-unknown',
    ],
    [
      'another site',
      () => createUpload(server.origin, 10, 'x.mp4', { Origin: 'https://elsewhere.example' }),
      403,
      'cross-origin',
    ],
    [
      'an unknown upload',
      () => sendPart(`${server.origin}/api/uploads/${'0'.repeat(32)}`, 0, new Uint8Array(1)),
      404,
      'upload-not-found',
    ],
    [
      'a path for an id',
      () => sendPart(`${server.origin}/api/uploads/..%2f..%2fcenclave.db`, 0, new Uint8Array(1)),
      404,
      'upload-not-found',
    ],
  ];
  it.each(refusals)('%s', async (_, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status, code });
    expect(await received()).toEqual([]);
  });

  it('a file that is no video', async () => {
    const before = await videoCount();
    const url = await beginUpload(server.origin, 11);
    const answer = await sendPart(url, 0, Buffer.from('hello world'));
    expect(answer.status).toBe(422);
    expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
    expect(await answer.json()).toMatchObject({ code: 'not-a-video' });
    expect(await offsetOf(url)).toBe(null);
    expect([await received(), await videoCount()]).toEqual([[], before]);
  });

  it('an empty file', async () => {
    const answer = await createUpload(server.origin, 0);
    expect([answer.status, (await answer.json()).code]).toEqual([422, 'not-a-video']);
    expect(await received()).toEqual([]);
  });

  it('bytes at another offset, more than announced, or of another type; received bytes stay', async () => {
    const url = await beginUpload(server.origin, 100);
    await sendPart(url, 0, new Uint8Array(40));
    const answers = [
      await sendPart(url, 0, new Uint8Array(10)),
      await sendPart(url, 60, new Uint8Array(10)),
      await sendPart(url, 40, new Uint8Array(61)),
      await fetch(url, {
        method: 'PATCH',
        headers: { ...tusBytes, 'Content-Type': 'text/plain' },
        body: 'x',
      }),
      await fetch(url, { method: 'PATCH', headers: tusBytes, body: 'x' }),
    ];
    const problems = await Promise.all(
      answers.map(async (answer) => [answer.status, (await answer.json()).code]),
    );
    expect(problems).toEqual([
      [409, 'upload-offset-wrong'],
      [409, 'upload-offset-wrong'],
      [413, 'body-too-large'],
      [415, 'media-type-wrong'],
      [400, 'upload-header-invalid'],
    ]);
    expect(await offsetOf(url)).toBe(40);
    await endUpload(url);
  });
});

it.each(['/api/videos', '/upload_input_content', '/upload'])(
  'a form that cannot fit is refused before its body, at %s',
  async (address) => {
    const form = ['Content-Type: multipart/form-data; boundary=B', `Content-Length: ${maxBytes}`];
    const head = [`POST ${address} HTTP/1.1`, ...form];
    expect(await sendSlowly(server.port, head, [], 0)).toMatch(/^HTTP\/1.1 507 .*"code":"disk-full"/s);
    // Node.js sends "100 Continue" by itself; the refusal follows, without a byte of the body.
    const expecting = [...head, 'Expect: 100-continue'];
    expect(await sendSlowly(server.port, expecting, [], 0)).toMatch(/HTTP\/1.1 507 .*"code":"disk-full"/s);
    expect(await received()).toEqual([]);
  },
);

it('audio for a missing package is refused before its body', async () => {
  const form = ['Content-Type: multipart/form-data; boundary=B', `Content-Length: ${maxBytes}`];
  const head = ['POST /api/packages/1/audio HTTP/1.1', ...form];
  expect(await sendSlowly(server.port, head, [], 0)).toMatch(/^HTTP\/1.1 404 .*"code":"package-not-found"/s);
  expect(await received()).toEqual([]);
});
