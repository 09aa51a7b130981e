import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { drawClip, h264, picture, tone } from '../fixtures/clips';
import { postJson, untilReady, uploadFile } from '../support/api';
import { tellFault, times } from '../support/fault-table';
import { largeVideo } from '../support/tus';
import { countFaults, startUsedServer, type UsedServer } from '../support/used-server';

const MB = 1_000_000;
/** Keeps two jobs busy while the full load runs. */
const film = () =>
  drawClip('load.mp4', [...picture('1280x720', 25, 12), ...tone(440, 12), ...h264, '-c:a', 'aac']);

const isFull = times({ full: 1, quick: 0 }) === 1;

let used: UsedServer;
let busy: VideoView;
beforeAll(async () => {
  used = await startUsedServer({ JOB_CONCURRENCY: '2' });
  busy = isFull ? await uploadFile(used.server.origin, film()) : used.video;
});
afterAll(() => used.server.stop());

const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${used.server.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** The whole load once: uploads and viewers at once, while two jobs run. */
async function load(uploads: number, viewers: number) {
  const health = used.watchHealth();
  const jobs: PackageView[] = [];
  for (let i = 0; i < 2; i += 1)
    jobs.push(await (await postJson(`${used.server.origin}${busy.links.packages}`, {})).json());
  const body = new Blob([largeVideo(20 * MB)]);
  const outcome = await countFaults([
    ...Array.from({ length: uploads }, () => used.upload(body)),
    ...Array.from({ length: viewers }, (_, i) => used.watch(i)),
  ]);
  const taken = await health.stop();
  for (const job of jobs) {
    await untilReady(used.server.origin, job);
    await fetch(used.server.origin + job.links.self, { method: 'DELETE' });
  }
  const [medianMs = 0, worstMs = 0] = [taken[Math.floor(taken.length / 2)], taken.at(-1)].map((ms = 0) =>
    Math.round(ms),
  );
  return { tried: outcome.tried, faults: [...outcome.faults, ...health.faults], medianMs, worstMs };
}

it('uploads and viewers at once, while two jobs run: no error, and the server answers', async (context) => {
  const [uploads, viewers] = [times({ full: 50, quick: 10 }), times({ full: 200, quick: 50 })];

  // The first round grows what the second finds there: code that is compiled, pools, the allocator's own.
  if (isFull) expect((await load(uploads, viewers)).faults).toEqual([]);
  await sleep(isFull ? 5000 : 0);
  const startBytes = residentBytes();
  const { tried, faults, medianMs, worstMs } = await load(uploads, viewers);
  const fault = `${uploads} uploads, ${viewers} viewers, 2 jobs (health ${medianMs} ms, worst ${worstMs} ms)`;
  tellFault(context, { fault, tried, survived: tried - faults.length, lost: faults.length });
  expect(faults).toEqual([]);
  expect(medianMs).toBeLessThan(1000);
  expect(used.server.output()).not.toMatch(/uncaught|unhandled/i);
  if (!isFull) return;
  const grownMB = () => Math.round((residentBytes() - startBytes) / MB);
  await expect.poll(grownMB, { timeout: 120_000, interval: 1000 }).toBeLessThan(50);
});
