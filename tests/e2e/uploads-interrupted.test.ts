import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { type AppServer, startAppServer } from '../harness/app-server';
import { sendSlowly } from '../harness/slow-body';
import { filesBelow } from '../harness/temp-folder';
import { beginUpload, largeVideo, offsetOf, sendPart, sha256, sha256Of, tusBytes } from '../harness/tus';

let server: AppServer;
afterEach(() => server.stop());

describe('a server that is killed', () => {
  it('continues an upload at its offset after a restart', async () => {
    server = await startAppServer();
    const video = largeVideo(20 * 1024 * 1024);
    const url = await beginUpload(server.origin, video.length);
    const headers = { ...tusBytes, 'Upload-Offset': 0, 'Content-Length': video.length };
    const sending = request(url, { method: 'PATCH', headers }).on('error', () => {});
    const sentBytes = 12 * 1024 * 1024;
    sending.write(video.subarray(0, sentBytes));
    while ((await storedBytes()) < 1024 * 1024) await sleep(10);
    await server.kill();

    server = await startAppServer({}, server);
    const offset = (await offsetOf(url)) ?? 0;
    expect(offset).toBeGreaterThanOrEqual(1024 * 1024);
    expect(offset).toBeLessThanOrEqual(sentBytes);
    const last = await sendPart(url, offset, video.subarray(offset));
    expect(last.headers.get('upload-video')).toBe('1');
    const [stored = ''] = await filesBelow(path.join(server.storage, 'uploads'));
    expect(await sha256Of(path.join(server.storage, 'uploads', stored))).toBe(sha256(video));
  });
});

/** The bytes received of the one upload in progress. A HEAD request would take the upload over. */
async function storedBytes(): Promise<number> {
  const folder = path.join(server.storage, 'incoming-resumable');
  const [file = ''] = (await filesBelow(folder)).filter((name) => !name.endsWith('.json'));
  return readFileSync(path.join(folder, file)).length;
}

describe('a request that lasts longer than Node.js allows', () => {
  const shortLimit = `--require=${path.resolve('tests/harness/short-request-timeout.cjs')}`;
  const video = readFileSync(clip('audio.mp4'));
  const pieces = Array.from({ length: 10 }, (_, i) =>
    video.subarray((i * video.length) / 10, ((i + 1) * video.length) / 10),
  );
  const multipart = [
    '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\n',
    '\r\n--B--\r\n',
  ];

  it('is cut off by Node.js', async () => {
    const program =
      "const s = require('http').createServer((q, a) => q.resume().on('end', () => a.end('whole')));" +
      "s.listen(0, '127.0.0.1', () => console.log(s.address().port))";
    const child = spawn(process.execPath, [shortLimit, '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [port] = await once(child.stdout, 'data');
      const head = ['POST / HTTP/1.1', `Content-Length: ${video.length}`];
      expect(await sendSlowly(Number(port), head, pieces, 300)).toMatch(/^HTTP\/1.1 408/);
    } finally {
      child.kill();
    }
  });

  it('is accepted here, by tus and as a form', async () => {
    server = await startAppServer({ NODE_OPTIONS: shortLimit });
    const url = await beginUpload(server.origin, video.length);
    const part = [
      `PATCH ${new URL(url).pathname} HTTP/1.1`,
      `Content-Length: ${video.length}`,
      'Upload-Offset: 0',
    ];
    const headers = Object.entries(tusBytes).map(([name, value]) => `${name}: ${value}`);
    expect(await sendSlowly(server.port, [...part, ...headers], pieces, 300)).toMatch(
      /^HTTP\/1.1 204.*upload-video: 1/is,
    );
    const [before = '', after = ''] = multipart;
    const length = video.length + before.length + after.length;
    const form = [
      'POST /upload HTTP/1.1',
      'Content-Type: multipart/form-data; boundary=B',
      `Content-Length: ${length}`,
    ];
    const body = [Buffer.from(before), ...pieces, Buffer.from(after)];
    expect(await sendSlowly(server.port, form, body, 300)).toMatch(/^HTTP\/1.1 200.*"input_content_id":2/s);
  });
});
