import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { clip, drawClip, picture } from '../fixtures/clips';
import { packageUntilReady, postJson, untilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { tellFault, times } from '../support/fault-table';
import { decryptTrack, frameSums } from '../support/frames';
import { seededRandom } from '../support/seeded-random';
import { sendSlowly } from '../support/slow-body';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk';
import { filesBelow, tempFolder } from '../support/temp-folder';
import {
  beginUpload,
  createUpload,
  largeVideo,
  offsetOf,
  sendPart,
  sha256,
  sha256Of,
  tusBytes,
} from '../support/tus';
import { until, uploadInTwo } from '../support/upload-in-two';

/** Writes what stands in SQLite's log (WAL) into the database, and gives its room back. */
function emptyLog(file: string): void {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const MB = 1_000_000;
/** The server keeps 210 MB free below all work. */
const diskBytes = 400 * MB;

const mayMount = () => {
  const disk = mountSmallDisk(MB);
  disk?.unmount();
  return disk !== null;
};

const noise = ['-vf', 'noise=alls=40:allf=t', '-pix_fmt', 'yuv420p', '-g', '25'];
/** 5 MB whose picture is copied. */
const copied = () =>
  drawClip('copied.mp4', [
    ...picture('640x360', 25, 2),
    ...noise,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-b:v',
    '20M',
  ]);
/** One that must be encoded. */
const encoded = () =>
  drawClip('encoded.mkv', [...picture('640x360', 25, 2), ...noise, '-c:v', 'mpeg4', '-b:v', '20M']);

describe.skipIf(!mayMount())('on a disk of its own (skipped where no file system may be mounted)', () => {
  let disk: SmallDisk;
  let server: AppServer;
  let storage: string;
  let published: PackageView;
  const videos: Record<string, VideoView> = {};

  beforeAll(async () => {
    const mounted = mountSmallDisk(diskBytes);
    if (!mounted) throw new Error('No file system could be mounted.');
    disk = mounted;
    storage = path.join(disk.folder, 'storage');
    const ladder = path.join(disk.folder, 'ladder.json');
    writeFileSync(ladder, JSON.stringify({ preset: 'ultrafast' }));
    server = await startAppServer({ JOB_CONCURRENCY: '1', LADDER_FILE: ladder }, { storage });
    videos.copied = await uploadFile(server.origin, copied());
    videos.encoded = await uploadFile(server.origin, encoded());
    const sound = await uploadFile(server.origin, clip('sound.mp4'));
    videos.sound = sound;
    published = await packageUntilReady(server.origin, sound.id);
  });
  afterAll(async () => {
    await server?.stop();
    disk?.unmount();
  });

  const get = (address: string | null, headers = {}) => fetch(server.origin + address, { headers });

  /** The server is up, its pages are read and a viewer gets segments. */
  async function stillServes(): Promise<void> {
    const manifest = published.links.manifest ?? '';
    const track = path.posix.join(path.posix.dirname(manifest), published.tracks[0]?.file ?? '');
    const answers = await Promise.all([
      get('/api/health'),
      get('/api/videos'),
      get(published.links.self),
      get(manifest),
      get(track, { Range: 'bytes=0-999' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 206]);
    expect(server.output()).not.toMatch(/uncaught|unhandled/i);
  }

  const unfinished = async () =>
    (await filesBelow(storage)).filter((file) => /^(incoming|incoming-resumable|work)\//.test(file));
  const videoCount = async () => (await (await get('/api/videos')).json()).items.length;

  /** Plays as a player does: by the manifest and the keys, every track. */
  async function plays({ id, links, mediaId, version, tracks }: PackageView): Promise<void> {
    const mpd = await (await get(links.manifest)).text();
    const { keys } = await (await get(`/api/packages/${id}/keys`)).json();
    const folder = tempFolder();
    for (const { file, kind } of tracks) {
      expect(mpd).toContain(file);
      await copyFile(path.join(storage, 'packages', mediaId, `v${version}`, file), path.join(folder, file));
      const clear = await decryptTrack(folder, file, keys[0]);
      expect(frameSums(clear, kind === 'audio' ? 'a' : 'v').length).toBeGreaterThan(40);
    }
  }

  const view = async ({ links }: PackageView): Promise<PackageView> => (await get(links.self)).json();

  const request = async (video: VideoView | undefined): Promise<PackageView> =>
    (await postJson(`${server.origin}/api/videos/${video?.id}/packages`, {})).json();

  /** Another program takes the disk when the work begins, up to so many bytes: the work can write those. */
  async function fillDuring(video: VideoView | undefined, leaveBytes: number): Promise<PackageView> {
    const take = disk.freeBytes() - Math.ceil(leaveBytes);
    const asked = await request(video);
    const work = path.join(storage, 'work');
    await until(() => readdirSync(work).length > 0);
    disk.take(take);
    return asked;
  }

  const hasEnded = async (asked: PackageView) =>
    !['queued', 'processing'].includes((await view(asked)).status);

  /** What must be so of a job that met a full disk, and that it goes well once there is room. */
  async function failsWell(asked: PackageView): Promise<void> {
    const { status, error, playable } = await view(asked);
    expect([status, error?.code]).toEqual(['failed', 'disk-full']);
    expect(await unfinished()).toEqual([]);
    const folder = path.join(storage, 'packages', asked.mediaId);
    if (!playable) expect(await filesBelow(folder)).toEqual([]);
    await stillServes();
    disk.empty();
    const again = await fetch(`${server.origin}${asked.links.self}/retry`, { method: 'POST' });
    expect(again.status).toBe(202);
    const ready = await untilReady(server.origin, await again.json());
    await plays(ready);
    expect((await fetch(server.origin + asked.links.self, { method: 'DELETE' })).status).toBe(204);
  }

  /** Tries a fault so many times, each with an empty disk before; tells how often all was well. */
  async function tryFault(context: TestContext, fault: string, full: number, attempt: () => Promise<void>) {
    const tried = times({ full, quick: 1 });
    const errors: unknown[] = [];
    for (let i = 0; i < tried; i += 1) {
      await attempt().catch((error) => errors.push(error));
      disk.empty();
    }
    tellFault(context, { fault, tried, survived: tried - errors.length, lost: errors.length });
    if (errors.length > 0) throw errors[0];
  }

  const incoming = (folder: string) => async () => {
    const files = await filesBelow(path.join(storage, folder));
    const sizes = files.map(
      (file) => statSync(path.join(storage, folder, file), { throwIfNoEntry: false })?.size,
    );
    return sizes.some((size = 0) => size > 2 * MB);
  };

  it('an upload that cannot fit is refused before its body', async (context) => {
    await tryFault(context, 'upload that cannot fit', 20, async () => {
      const length = disk.freeBytes() - 200 * MB;
      const head = ['POST /api/videos HTTP/1.1', 'Content-Type: multipart/form-data; boundary=B'];
      const answer = await sendSlowly(server.port, [...head, `Content-Length: ${length}`], [], 0);
      expect(answer).toMatch(/^HTTP\/1.1 507 .*"code":"disk-full"/s);
      const created = await createUpload(server.origin, length);
      expect([created.status, (await created.json()).code]).toEqual([507, 'disk-full']);
      expect(await unfinished()).toEqual([]);
    });
  });

  it('a disk that fills during an upload: 507, and nothing is left', async (context) => {
    await tryFault(context, 'disk full during an upload', 20, async () => {
      const before = [await videoCount(), (await filesBelow(path.join(storage, 'uploads'))).length];
      const [head, end] = [
        '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\n',
        '\r\n--B--',
      ];
      const body = Buffer.concat([Buffer.from(head), largeVideo(16 * MB), Buffer.from(end)]);
      const type = { 'Content-Type': 'multipart/form-data; boundary=B' };
      const answer = await uploadInTwo(`${server.origin}/api/videos`, 'POST', type, body, async () => {
        await until(incoming('incoming'));
        disk.fill();
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([507, 'disk-full']);
      await stillServes();
      expect(await unfinished()).toEqual([]);
      expect([await videoCount(), (await filesBelow(path.join(storage, 'uploads'))).length]).toEqual(before);
    });
  });

  it('a disk that fills during an upload by tus: 507, and the upload goes on when there is room', async (context) => {
    await tryFault(context, 'disk full during a tus upload', 10, async () => {
      const body = largeVideo(16 * MB);
      const url = await beginUpload(server.origin, body.length);
      const headers = { ...tusBytes, 'Upload-Offset': '0' };
      const answer = await uploadInTwo(url, 'PATCH', headers, body, async () => {
        await until(incoming('incoming-resumable'));
        disk.fill();
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([507, 'disk-full']);
      await stillServes();
      const kept = (await offsetOf(url)) ?? -1;
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(body.length);
      const refused = await sendPart(url, kept, body.subarray(kept));
      expect(refused.status).toBe(507);
      disk.empty();
      const done = await sendPart(url, kept, body.subarray(kept));
      expect(done.status).toBe(204);
      expect(await unfinished()).toEqual([]);
      const id = done.headers.get('upload-video');
      const stored = path.join(storage, 'uploads', `${url.split('/').at(-1)}.mp4`);
      expect(await sha256Of(stored)).toBe(sha256(body));
      expect((await fetch(`${server.origin}/api/videos/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect(existsSync(stored)).toBe(false);
    });
  });

  it('a disk that fills during an encode', async (context) => {
    await tryFault(context, 'disk full during an encode', 8, async () => {
      const asked = await fillDuring(videos.encoded, 0.2 * MB);
      await until(() => hasEnded(asked));
      await failsWell(asked);
    });
  });

  it('a disk that fills during packaging', async (context) => {
    const { sizeBytes } = videos.copied ?? { sizeBytes: 0 };
    const random = seededRandom(44);
    await tryFault(context, 'disk full during packaging', 8, async () => {
      // The clear copy fits; a packager needs as much twice.
      const asked = await fillDuring(videos.copied, sizeBytes * (1.3 + random() * 0.5));
      await until(() => hasEnded(asked));
      await failsWell(asked);
    });
  });

  it.runIf(times({ full: 1, quick: 0 }))('a disk that fills at any byte of a job', async (context) => {
    const { sizeBytes } = videos.copied ?? { sizeBytes: 0 };
    const random = seededRandom(45);
    await tryFault(context, 'disk full at any byte of a job', 25, async () => {
      const asked = await fillDuring(videos.copied, sizeBytes * random() * 4);
      await until(() => hasEnded(asked));
      if ((await view(asked)).status === 'failed') return failsWell(asked);
      await plays(await view(asked)); // there was enough
      await fetch(server.origin + asked.links.self, { method: 'DELETE' });
    });
  });

  it('a disk without a byte for the end of a job: told when there is room', async (context) => {
    await tryFault(context, 'disk full for the queue of jobs', 8, async () => {
      const logged = server.output().length;
      // Room that the database's log took before would be used again.
      emptyLog(path.join(storage, 'cenclave.db'));
      const asked = await fillDuring(videos.encoded, 0);
      disk.fill();
      await until(() => /SQLITE_FULL/.test(server.output().slice(logged)));
      await stillServes();
      // What was freed meanwhile may be enough; else this is.
      disk.empty();
      await until(() => hasEnded(asked));
      await failsWell(asked);
    });
  });

  it('a disk without a byte for a row: 507, and what was promised is kept', async (context) => {
    await tryFault(context, 'disk full for a row of SQLite', 8, async () => {
      disk.fill();
      const accepted: PackageView[] = [];
      let answer = await postJson(`${server.origin}/api/videos/${videos.sound?.id}/packages`, {});
      for (; answer.status === 202 && accepted.length < 2000; ) {
        accepted.push(await answer.json());
        answer = await postJson(`${server.origin}/api/videos/${videos.sound?.id}/packages`, {});
      }
      expect([answer.status, (await answer.json()).code]).toEqual([507, 'disk-full']);
      await stillServes();
      disk.empty();
      const { items } = await (await get('/api/packages')).json();
      for (const { id } of accepted) expect(items.some((item: PackageView) => item.id === id)).toBe(true);
      for (const asked of accepted) {
        await until(() => hasEnded(asked));
        if ((await view(asked)).status === 'failed') await failsWell(asked);
      }
      await packageUntilReady(server.origin, videos.sound?.id ?? 0);
    });
  });
});
