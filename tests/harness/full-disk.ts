import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type TestContext } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { clip, drawClip, testPattern } from '../fixtures/clips';
import { packageUntilReady, postJson, untilReady, uploadFile } from './api';
import { startAppServer } from './app-server';
import { reportFault, times } from './fault-table';
import { decryptTrack, frameSums } from './frames';
import { filesOfJobs } from './leftovers';
import { mountSmallDisk, type SmallDisk } from './small-disk';
import { filesBelow, tempFolder } from './temp-folder';
import { until } from './upload-in-two';

export const MB = 1_000_000;
/** The server keeps 210 MB free below all work. */
const diskBytes = 400 * MB;

/** Whether a file system may be mounted here. */
export function canMount(): boolean {
  const disk = mountSmallDisk(MB);
  disk?.unmount();
  return disk !== null;
}

const noise = ['-vf', 'noise=alls=40:allf=t', '-pix_fmt', 'yuv420p', '-g', '25'];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '20M'];
/** 5 MB that can be copied. */
const copied = () => drawClip('copied.mp4', [...testPattern('640x360', 25, 2), ...noise, ...x264]);
/** A video that must be encoded. */
const encoded = () =>
  drawClip('encoded.mkv', [...testPattern('640x360', 25, 2), ...noise, '-c:v', 'mpeg4', '-b:v', '20M']);

export type FullDisk = Awaited<ReturnType<typeof startOnSmallDisk>>;

function mounted(): SmallDisk {
  const disk = mountSmallDisk(diskBytes);
  if (disk) return disk;
  throw new Error('No file system could be mounted.');
}

/** A server on a disk of its own that a test may fill, with three videos and a package. */
export async function startOnSmallDisk() {
  const disk = mounted();
  const storage = path.join(disk.folder, 'storage');
  const ladder = path.join(disk.folder, 'ladder.json');
  writeFileSync(ladder, JSON.stringify({ preset: 'ultrafast' }));
  const server = await startAppServer({ JOB_CONCURRENCY: '1', LADDER_FILE: ladder }, { storage });
  const videos = {
    copied: await uploadFile(server.origin, copied()),
    encoded: await uploadFile(server.origin, encoded()),
    audio: await uploadFile(server.origin, clip('audio.mp4')),
  };
  const published = await packageUntilReady(server.origin, videos.audio.id);
  const stop = async () => {
    await server.stop();
    disk.unmount();
  };

  const get = (address: string | null, headers = {}) => fetch(server.origin + address, { headers });

  /** The server is up, its API answers and a viewer gets segments. */
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

  const unfinished = async () => [
    ...(await filesBelow(storage)).filter((file) => /^(incoming|incoming-resumable)\//.test(file)),
    ...(await filesOfJobs(storage)),
  ];
  const videoCount = async (): Promise<number> => (await (await get('/api/videos')).json()).items.length;

  /** Decrypts and decodes every track, as a player does, by the manifest and the keys. */
  async function plays({ id, links, mediaId, version, tracks }: PackageView): Promise<void> {
    const mpd = await (await get(links.manifest)).text();
    const { keys } = await (await get(`/api/packages/${id}/keys`)).json();
    const folder = tempFolder();
    for (const { file, kind } of tracks) {
      expect(mpd).toContain(file);
      const track = await get(`/media/${mediaId}/v${version}/${file}`);
      writeFileSync(path.join(folder, file), Buffer.from(await track.arrayBuffer()));
      const clear = await decryptTrack(folder, file, keys[0]);
      expect(frameSums(clear, kind === 'audio' ? 'a' : 'v').length).toBeGreaterThan(40);
    }
  }

  const view = async ({ links }: PackageView): Promise<PackageView> => (await get(links.self)).json();

  const request = async (video: VideoView): Promise<PackageView> =>
    (await postJson(`${server.origin}/api/videos/${video.id}/packages`, {})).json();

  /** Fills the disk, as another program would, when the work begins; the work can write `leaveBytes`. */
  async function fillDuring(video: VideoView, leaveBytes: number): Promise<PackageView> {
    const take = disk.freeBytes() - Math.ceil(leaveBytes);
    const requested = await request(video);
    const work = path.join(storage, 'work');
    const workspaces = readdirSync(work).map((name) => path.join(work, name, 'jobs'));
    await until(() => workspaces.some((folder) => readdirSync(folder).length > 0));
    disk.take(take);
    return requested;
  }

  const hasEnded = async (requested: PackageView) =>
    !['queued', 'processing'].includes((await view(requested)).status);

  /** Checks how a job ended that met a full disk, and that a retry succeeds once there is room. */
  async function failsWell(requested: PackageView): Promise<void> {
    const { status, error, playable } = await view(requested);
    expect([status, error?.code]).toEqual(['failed', 'disk-full']);
    expect(await unfinished()).toEqual([]);
    const folder = path.join(storage, 'packages', requested.mediaId);
    if (!playable) expect(await filesBelow(folder)).toEqual([]);
    await stillServes();
    disk.empty();
    const again = await fetch(`${server.origin}${requested.links.self}/retry`, { method: 'POST' });
    expect(again.status).toBe(202);
    const ready = await untilReady(server.origin, await again.json());
    await plays(ready);
    expect((await fetch(server.origin + requested.links.self, { method: 'DELETE' })).status).toBe(204);
  }

  /** Tries a fault several times, and empties the disk after each; reports how often all was well. */
  async function tryFault(context: TestContext, fault: string, full: number, attempt: () => Promise<void>) {
    const tried = times({ full, quick: 1 });
    const errors: unknown[] = [];
    for (let i = 0; i < tried; i += 1) {
      await attempt().catch((error) => errors.push(error));
      disk.empty();
    }
    reportFault(context, { fault, tried, survived: tried - errors.length, lost: errors.length });
    if (errors.length > 0) throw errors[0];
  }

  return {
    disk,
    server,
    storage,
    videos,
    stop,
    get,
    view,
    request,
    stillServes,
    unfinished,
    videoCount,
    plays,
    fillDuring,
    hasEnded,
    failsWell,
    tryFault,
  };
}
