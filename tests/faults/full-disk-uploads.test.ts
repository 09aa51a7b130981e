import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMount, type FullDisk, MB, startOnSmallDisk } from '../harness/full-disk';
import { sendSlowly } from '../harness/slow-body';
import { filesBelow } from '../harness/temp-folder';
import {
  beginUpload,
  createUpload,
  largeVideo,
  offsetOf,
  sendPart,
  sha256,
  sha256Of,
  tusBytes,
} from '../harness/tus';
import { until, uploadInTwo } from '../harness/upload-in-two';

describe.skipIf(!canMount())('on a disk of its own (skipped where no file system may be mounted)', () => {
  let on: FullDisk;
  beforeAll(async () => {
    on = await startOnSmallDisk();
  });
  afterAll(async () => {
    await on?.stop();
  });

  const incoming = (folder: string) => async () => {
    const files = await filesBelow(path.join(on.storage, folder));
    const sizes = files.map(
      (file) => statSync(path.join(on.storage, folder, file), { throwIfNoEntry: false })?.size,
    );
    return sizes.some((size = 0) => size > 2 * MB);
  };

  it('an upload that cannot fit is refused before its body', async (context) => {
    await on.tryFault(context, 'upload that cannot fit', 20, async () => {
      const length = on.disk.freeBytes() - 200 * MB;
      const head = ['POST /api/videos HTTP/1.1', 'Content-Type: multipart/form-data; boundary=B'];
      const answer = await sendSlowly(on.server.port, [...head, `Content-Length: ${length}`], [], 0);
      expect(answer).toMatch(/^HTTP\/1.1 507 .*"code":"disk-full"/s);
      const created = await createUpload(on.server.origin, length);
      expect([created.status, (await created.json()).code]).toEqual([507, 'disk-full']);
      expect(await on.unfinished()).toEqual([]);
    });
  });

  it('a disk that fills during an upload: 507, and nothing is left', async (context) => {
    await on.tryFault(context, 'disk full during an upload', 20, async () => {
      const before = [await on.videoCount(), (await filesBelow(path.join(on.storage, 'uploads'))).length];
      const [head, end] = [
        '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\n',
        '\r\n--B--',
      ];
      const body = Buffer.concat([Buffer.from(head), largeVideo(16 * MB), Buffer.from(end)]);
      const type = { 'Content-Type': 'multipart/form-data; boundary=B' };
      const answer = await uploadInTwo(`${on.server.origin}/api/videos`, 'POST', type, body, async () => {
        await until(incoming('incoming'));
        on.disk.fill();
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([507, 'disk-full']);
      await on.stillServes();
      expect(await on.unfinished()).toEqual([]);
      expect([await on.videoCount(), (await filesBelow(path.join(on.storage, 'uploads'))).length]).toEqual(
        before,
      );
    });
  });

  it('a disk that fills during an upload by tus: 507, and the upload continues when there is room', async (context) => {
    await on.tryFault(context, 'disk full during a tus upload', 10, async () => {
      const body = largeVideo(16 * MB);
      const url = await beginUpload(on.server.origin, body.length);
      const headers = { ...tusBytes, 'Upload-Offset': '0' };
      const answer = await uploadInTwo(url, 'PATCH', headers, body, async () => {
        await until(incoming('incoming-resumable'));
        on.disk.fill();
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([507, 'disk-full']);
      await on.stillServes();
      const kept = (await offsetOf(url)) ?? -1;
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(body.length);
      const refused = await sendPart(url, kept, body.subarray(kept));
      expect(refused.status).toBe(507);
      on.disk.empty();
      const done = await sendPart(url, kept, body.subarray(kept));
      expect(done.status).toBe(204);
      expect(await on.unfinished()).toEqual([]);
      const id = done.headers.get('upload-video');
      const stored = path.join(on.storage, 'uploads', `${url.split('/').at(-1)}.mp4`);
      expect(await sha256Of(stored)).toBe(sha256(body));
      expect((await fetch(`${on.server.origin}/api/videos/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect(existsSync(stored)).toBe(false);
    });
  });
});
