import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { postJson } from '../harness/api';
import { type AppServer, oneRung, startAppServer } from '../harness/app-server';
import { frameSums } from '../harness/frames';
import { tempFolder } from '../harness/temp-folder';

const key = '76a6c65c5ea762046bd749a2e632ccbb';
const kid = 'a7e61c373e219033c21091fa607bf3b8';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer(oneRung);
});
afterAll(() => server.stop());

/** Runs curl in a folder, as in the README, and returns its output. */
const curl = (folder: string, ...args: string[]) =>
  execFileSync('curl', ['-sS', ...args], { cwd: folder }).toString();

describe('the curl commands of the README', () => {
  for (const [name, address] of [
    ['h264-aac.mp4', '/upload_input_content'],
    ['h264-aac.mkv', '/upload'],
    ['vp8-vorbis.webm', '/'],
  ] as const) {
    it(`upload ${name} at ${address}, package, download, decrypt`, () => {
      const folder = tempFolder();
      const file = `my video${path.extname(name)}`;
      copyFileSync(clip(name), path.join(folder, file));
      const { input_content_id: id } = JSON.parse(
        curl(folder, '-F', `file=@${file}`, server.origin + address),
      );
      expect(id).toBeTypeOf('number');
      const body = JSON.stringify({ id, key: key.toUpperCase(), kid });
      const json = ['-X', 'POST', '-H', 'Content-Type: application/json', '-d', body];
      const packaged = JSON.parse(curl(folder, ...json, `${server.origin}/packaged_content`));
      expect(packaged).toEqual({ packaged_content_id: expect.any(Number) });
      curl(folder, '-OJ', `${server.origin}/download/${packaged.packaged_content_id}`);
      const decrypted = frameSums(path.join(folder, 'my video_encrypted.mp4'), 'v', key);
      if (name === 'vp8-vorbis.webm') expect(decrypted).toHaveLength(100);
      else expect(decrypted).toEqual(frameSums(clip(name), 'v'));
    });
  }
});

it('lists videos and packages with their state, and never a key', async () => {
  const uploaded = await (await fetch(`${server.origin}/allUploaded`)).json();
  expect(uploaded.uploaded_videos).toHaveLength(3);
  expect(uploaded.uploaded_videos.at(-1)).toMatchObject({
    id: 1,
    name: 'my video.mp4',
    duration: 8,
    status: 'ready',
  });
  const text = await (await fetch(`${server.origin}/allEncoded`)).text();
  expect(JSON.parse(text).encoded_videos).toMatchObject([
    { id: 3 },
    { id: 2 },
    { id: 1, status: 'ready', kid },
  ]);
  expect(text.toLowerCase()).not.toContain(key);
  const one = await (await fetch(`${server.origin}/packaged_content/1`)).json();
  expect(one).toMatchObject({ status: 'ready', stage: null, progress: 1, playable: true, kid, error: null });
  const manifest = await fetch(one.url);
  expect(manifest.headers.get('content-type')).toBe('application/dash+xml');
  expect(await manifest.text()).toContain('default_KID="a7e61c37-3e21-9033-c210-91fa607bf3b8"');
});

it('pages its lists by cursor', async () => {
  const first = await (await fetch(`${server.origin}/allUploaded?limit=2`)).json();
  const rest = await (await fetch(`${server.origin}/allUploaded?limit=2&cursor=${first.next_cursor}`)).json();
  const ids = [...first.uploaded_videos, ...rest.uploaded_videos].map((video) => video.id);
  expect(ids).toEqual([3, 2, 1]);
  expect(rest.next_cursor).toBeNull();
});

it('answers at once with respond-async; the download is refused until the package is ready', async () => {
  const answer = await postJson(
    `${server.origin}/packaged_content`,
    { id: 1, key, kid },
    { Prefer: 'respond-async' },
  );
  expect(answer.status).toBe(202);
  const status = await answer.json();
  expect(status).toMatchObject({ playable: false, url: null });
  expect(['queued', 'processing']).toContain(status.status);
  const early = await fetch(`${server.origin}/download/${status.packaged_content_id}`);
  expect(early.status).toBe(409);
  expect(await early.json()).toMatchObject({ code: 'package-not-ready' });
  await untilReady(status.packaged_content_id);
});

it('continues packaging when the client hangs up', async () => {
  const before = (await (await fetch(`${server.origin}/allEncoded?limit=1`)).json()).encoded_videos[0].id;
  const hangUp = AbortSignal.timeout(100);
  const body = JSON.stringify({ id: 1, key, kid });
  const headers = { 'Content-Type': 'application/json' };
  const request = fetch(`${server.origin}/packaged_content`, {
    method: 'POST',
    headers,
    body,
    signal: hangUp,
  });
  await expect(request).rejects.toThrow();
  await untilReady(before + 1);
});

it('serves the download and the tracks by Range, with validators', async () => {
  const whole = Buffer.from(await (await fetch(`${server.origin}/download/1`)).arrayBuffer());
  const part = await fetch(`${server.origin}/download/1`, { headers: { Range: 'bytes=100-199' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
  expect(part.headers.get('content-disposition')).toContain('filename="my video_encrypted.mp4"');
  expect(part.headers.get('content-length')).toBe('100');
  expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
  const head = await fetch(`${server.origin}/download/1`, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(whole.length));
  const { url } = await (await fetch(`${server.origin}/packaged_content/1`)).json();
  const track = await fetch(url.replace('manifest.mpd', 'video-source.mp4'), {
    headers: { Range: 'bytes=0-9' },
  });
  expect(track.status).toBe(206);
  expect(track.headers.get('cache-control')).toContain('immutable');
  expect(track.headers.get('content-type')).toBe('video/mp4');
  const again = await fetch(url, {
    headers: { 'If-None-Match': (await fetch(url)).headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
  const outside = await fetch(url.replace('manifest.mpd', '..%2f..%2f..%2fmaster.key'));
  expect(outside.status).toBe(404);
  expect(readFileSync(path.join(server.storage, 'master.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
});

async function untilReady(id: number): Promise<void> {
  let status = '';
  while (status !== 'ready') {
    const view = await (await fetch(`${server.origin}/packaged_content/${id}`)).json();
    status = view.status;
    expect(['queued', 'processing', 'ready']).toContain(status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
