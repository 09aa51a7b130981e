import { readFileSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumableFolder } from '@/lib/storage/folders';
import { type AppServer, startAppServer } from '../harness/app-server';
import { filesBelow } from '../harness/temp-folder';
import {
  beginUpload,
  createUpload,
  endUpload,
  largeVideo,
  named,
  offsetOf,
  sendPart,
  sha256,
  sha256Of,
  tusBytes,
} from '../harness/tus';

const maxBytes = 10 ** 15;
/** A video of over 11 MB; no two are alike. */
const newVideo = () => largeVideo(11 * 1024 * 1024);

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ MAX_UPLOAD_BYTES: String(maxBytes) });
});
afterAll(() => server.stop());

const received = async () => (await filesBelow(server.storage)).filter((file) => file.startsWith('incoming'));
const videoCount = async () => (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;
const uploadIn = (url: string) => path.join(resumableFolder(server.storage), path.basename(url));

/** Whether the store has exactly these bytes as one of its files. */
async function isStored(bytes: Uint8Array): Promise<boolean> {
  const folder = path.join(server.storage, 'uploads');
  const hashes = (await filesBelow(folder)).map((file) => sha256Of(path.join(folder, file)));
  return (await Promise.all(hashes)).includes(sha256(bytes));
}

const videoIdOf = (answer: Response) => Number(answer.headers.get('upload-video'));

describe('an upload by tus', () => {
  it('describes what the server supports', async () => {
    const { status, headers } = await fetch(`${server.origin}/api/uploads`, { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers.get('tus-version')).toBe('1.0.0');
    expect(headers.get('tus-extension')).toBe('creation,creation-with-upload,termination,expiration');
    expect(headers.get('tus-max-size')).toBe(String(maxBytes));
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is sent in parts, and the answer to the last part names the video', async () => {
    const video = newVideo();
    const url = await beginUpload(server.origin, video.length, '🎬 été.mp4');
    const cut = 5_000_000;
    const part = await sendPart(url, 0, video.subarray(0, cut));
    expect(part.status).toBe(204);
    expect(part.headers.get('upload-offset')).toBe(String(cut));
    const expires = Date.parse(part.headers.get('upload-expires') ?? '') - Date.now();
    expect(expires / 3_600_000).toBeCloseTo(24, 1);
    expect(await offsetOf(url)).toBe(cut);

    const last = await sendPart(url, cut, video.subarray(cut));
    expect(last.status).toBe(204);
    const id = videoIdOf(last);
    expect(await isStored(video)).toBe(true);
    expect(await (await fetch(`${server.origin}/api/videos/${id}`)).json()).toMatchObject({
      name: '🎬 été.mp4',
      sizeBytes: video.length,
    });
    expect(await received()).toEqual([]);
  });

  it('may be sent with its creation', async () => {
    const video = newVideo();
    const headers = { ...tusBytes, 'Upload-Length': String(video.length), 'Upload-Metadata': named('x.mp4') };
    const answer = await fetch(`${server.origin}/api/uploads`, {
      method: 'POST',
      headers,
      body: new Blob([video]),
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('upload-offset')).toBe(String(video.length));
    expect(videoIdOf(answer)).toBeGreaterThan(0);
    expect(await isStored(video)).toBe(true);
    expect(await received()).toEqual([]);
  });

  it('names the video again for a client that missed the answer', async () => {
    const video = newVideo();
    const url = await beginUpload(server.origin, video.length);
    const id = videoIdOf(await sendPart(url, 0, video));
    expect(await offsetOf(url)).toBe(video.length);
    expect(videoIdOf(await sendPart(url, video.length, new Uint8Array()))).toBe(id);
    expect(await received()).toEqual([]);
  });

  it('that was complete when the server was killed becomes one video, however often it is requested', async () => {
    const video = newVideo();
    const url = await beginUpload(server.origin, video.length);
    await writeFile(uploadIn(url), video);
    expect(await offsetOf(url)).toBe(video.length);
    const before = await videoCount();
    const answers = await Promise.all([1, 2, 3, 4].map(() => sendPart(url, video.length, new Uint8Array())));
    const ids = answers.map(videoIdOf);
    expect(ids[0]).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(1);
    expect([await videoCount(), await isStored(video)]).toEqual([before + 1, true]);
    expect(await received()).toEqual([]);
  });

  it('whose video existed when the server was killed still names that video', async () => {
    const video = newVideo();
    const url = await beginUpload(server.origin, video.length);
    const record = readFileSync(`${uploadIn(url)}.json`);
    const id = videoIdOf(await sendPart(url, 0, video));
    await writeFile(uploadIn(url), video);
    await writeFile(`${uploadIn(url)}.json`, record);
    expect(videoIdOf(await sendPart(url, video.length, new Uint8Array()))).toBe(id);
    expect(await received()).toEqual([]);
  });

  it('is gone once it is terminated', async () => {
    const url = await beginUpload(server.origin, 1000);
    await sendPart(url, 0, new Uint8Array(10));
    expect((await endUpload(url)).status).toBe(204);
    expect(await offsetOf(url)).toBe(null);
    expect((await endUpload(url)).status).toBe(404);
    expect(await received()).toEqual([]);
  });

  it('without a byte received blocks no other upload, however much it announces', async () => {
    const { bavail, bsize } = await statfs(server.storage);
    const most = Math.floor(bavail * bsize * 0.6);
    const announced = [];
    for (let i = 0; i < 10; i += 1) announced.push(await beginUpload(server.origin, most));
    const tooLarge = await createUpload(server.origin, bavail * bsize);
    expect([tooLarge.status, (await tooLarge.json()).code]).toEqual([507, 'disk-full']);
    for (const url of announced) await endUpload(url);
    expect(await received()).toEqual([]);
  });
});

it.each(['/api/videos', '/upload_input_content', '/upload'])(
  '%s stores 11 MB byte for byte',
  async (address) => {
    const video = newVideo();
    const form = new FormData();
    form.append('file', new Blob([video]), 'large.mp4');
    const answer = await fetch(server.origin + address, { method: 'POST', body: form });
    expect(answer.ok).toBe(true);
    expect(await isStored(video)).toBe(true);
  },
);
