import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { sendPieces } from '../harness/raw-request';

let server: AppServer;
let made: PackageView;
beforeAll(async () => {
  server = await startAppServer({ LOG_LEVEL: 'info' });
  const video = await uploadFile(server.origin, clip('audio.mp4'));
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(() => server.stop());

describe('a JSON body', () => {
  const post = (address: string, body: string, type?: string) =>
    fetch(server.origin + address, {
      method: 'POST',
      body: Buffer.from(body),
      headers: type ? { 'Content-Type': type } : {},
    });

  it.each(['/packaged_content', '/api/videos/1/packages', '/api/packages/1/rekey'])(
    'is accepted as application/json only, at %s',
    async (address) => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', undefined]) {
        const answer = await post(address, '{"id":1}', type);
        expect([answer.status, (await answer.json()).code]).toEqual([415, 'media-type-wrong']);
      }
    },
  );

  it('may be left out where all of its fields may be', async () => {
    const answer = await fetch(`${server.origin}/api/videos/1/packages`, { method: 'POST' });
    expect(answer.status).toBe(202);
    const { links } = await answer.json();
    await fetch(server.origin + links.self, { method: 'DELETE' });
  });

  it('is accepted from players with the types that they send', async () => {
    const body = JSON.stringify({
      kids: made.kids.map((kid) => Buffer.from(kid, 'hex').toString('base64url')),
    });
    for (const type of ['application/json', 'application/octet-stream', undefined])
      expect((await post(made.links.license, body, type)).status).toBe(200);
    expect((await post(made.links.license, body, 'text/plain')).status).toBe(415);
  });
});

describe('a form is bounded', () => {
  const MB = 1_000_000;
  const peakBytes = () =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024;
  const send = (body: Flood, contentType = 'multipart/form-data; boundary=B') => {
    const { start, piece, times } = body;
    const head = `POST /api/videos HTTP/1.1\r\nHost: localhost:${server.port}\r\nContent-Type: ${contentType}\r\n`;
    const length = `Content-Length: ${start.length + piece.length * times}\r\n\r\n`;
    const pieces = [head + length + start, ...Array<Buffer>(times).fill(piece)];
    // The answer may come before everything is sent.
    return sendPieces(server.port, pieces, /"code":"[^}]*\}/);
  };
  interface Flood {
    start: string;
    piece: Buffer;
    times: number;
  }
  const field = '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n';
  const nothing: Flood = { start: '', piece: Buffer.from('x'), times: 1 };
  /** A body of `start` and then `text` repeated, in pieces of about a megabyte. */
  const flood = (start: string, text: string, bytes: number): Flood => {
    const piece = Buffer.from(text.repeat(Math.ceil(MB / text.length)));
    return { start, piece, times: Math.ceil(bytes / piece.length) };
  };

  it.each<[string, () => Promise<string>, string]>([
    ['one header of a part', () => send(flood('--B\r\nX-Long: ', 'x', 100 * MB)), 'headers of a part'],
    ['the name of a header', () => send(flood('--B\r\n', 'x', 100 * MB)), 'headers of a part'],
    ['many headers of a part', () => send(flood('--B\r\n', 'X-A: b\r\n', 100 * MB)), 'headers of a part'],
    ['many parts', () => send(flood('', field, 20 * MB)), 'more than 21 parts'],
    ['a boundary', () => send(nothing, `multipart/form-data; boundary=${'b'.repeat(71)}`), 'boundary'],
    ['no boundary', () => send(nothing, 'multipart/form-data'), 'boundary'],
    [
      'a boundary that says JSON',
      () => send(flood('', 'x', 100 * MB), 'multipart/form-data; boundary=json'),
      'read',
    ],
    [
      'a boundary that says urlencoded',
      () => send(flood('', 'x', 100 * MB), 'multipart/form-data; boundary=urlencoded'),
      'read',
    ],
  ])('%s', async (_, request, reason) => {
    const before = peakBytes();
    const answer = await request();
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-multipart"/s);
    expect(answer).toContain(reason);
    expect(peakBytes() - before).toBeLessThan(100 * MB);
    const { items } = await (await fetch(`${server.origin}/api/videos`)).json();
    expect(items).toHaveLength(1);
  });
});

it('the requests above leave nothing behind, and the server keeps running', async () => {
  for (const folder of ['incoming', 'incoming-resumable'])
    expect(readdirSync(path.join(server.storage, folder))).toEqual([]);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
  expect((await fetch(`${server.origin}/api/health`)).status).toBe(200);
});
