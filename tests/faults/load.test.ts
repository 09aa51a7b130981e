import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { postJson, untilReady, uploadFile } from '../harness/api';
import { reportFault, times } from '../harness/fault-table';
import { boundedMs, countFaults, startUsedServer, type UsedServer } from '../harness/loaded-server';
import { largeVideo } from '../harness/tus';

const MB = 1_000_000;
/** Keeps two jobs busy while the load runs. */
const busyVideo = () =>
  drawClip(`load-${videoSeconds}.mp4`, [
    ...testPattern('1280x720', 25, videoSeconds),
    ...tone(440, videoSeconds),
    ...h264,
    '-c:a',
    'aac',
  ]);

const isFull = times({ full: 1, quick: 0 }) === 1;
const videoSeconds = times({ full: 12, quick: 3 });
const mostGrownMB = 50;

let used: UsedServer;
let busy: VideoView;
beforeAll(async () => {
  used = await startUsedServer({ JOB_CONCURRENCY: '2' });
  busy = await uploadFile(used.server.origin, busyVideo());
});
afterAll(() => used.server.stop());

const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${used.server.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** Requests two packages; resolves when both are being processed. */
async function startTwoJobs(): Promise<PackageView[]> {
  const jobs: PackageView[] = [];
  for (let i = 0; i < 2; i += 1)
    jobs.push(await (await postJson(`${used.server.origin}${busy.links.packages}`, {})).json());
  await expect.poll(() => statuses(jobs), { timeout: 30_000, interval: 20 }).toEqual(bothRun);
  return jobs;
}

const bothRun = ['processing', 'processing'];
const statuses = (jobs: PackageView[]) =>
  Promise.all(
    jobs.map(async ({ links }) => (await (await fetch(used.server.origin + links.self)).json()).status),
  );

/** Runs the whole load once: uploads and viewers at once, while two jobs run. */
async function load(uploads: number, viewers: number) {
  const jobs = await startTwoJobs();
  const health = used.watchHealth();
  const bytes = largeVideo(20 * MB);
  const body = new Blob([bytes]);
  const outcome = await countFaults([
    ...Array.from({ length: uploads }, (_, i) => (i % 2 ? used.uploadByTus(bytes) : used.upload(body))),
    ...Array.from({ length: viewers }, (_, i) => used.watch(i)),
  ]);
  const healthTaken = await health.stop();
  const stillRun = (await statuses(jobs)).filter((status) => status === 'processing').length;
  for (const job of jobs) {
    await untilReady(used.server.origin, job);
    await fetch(used.server.origin + job.links.self, { method: 'DELETE' });
  }
  return {
    tried: outcome.tried,
    faults: [...outcome.faults, ...healthTaken.faults],
    health: healthTaken,
    stillRun,
  };
}

it('uploads and viewers at once, while two jobs run: no error, and the server answers', async (context) => {
  const [uploads, viewers] = [times({ full: 50, quick: 10 }), times({ full: 200, quick: 50 })];
  await sleep(isFull ? 5000 : 0);
  const startBytes = residentBytes();
  const { tried, faults, health, stillRun } = await load(uploads, viewers);
  const fault = `${uploads} uploads, ${viewers} viewers, 2 jobs, ${stillRun} to its end (health ${health.medianMs} ms, worst ${health.worstMs} ms)`;
  reportFault(context, { fault, tried, survived: tried - faults.length, lost: faults.length });
  expect(faults).toEqual([]);
  expect(boundedMs(health)).toBeLessThan(1000);
  expect(used.server.output()).not.toMatch(/uncaught|unhandled/i);
  if (!isFull) return;
  const grownMB = () => Math.round((residentBytes() - startBytes) / MB);
  await expect.poll(grownMB, { timeout: 120_000, interval: 1000 }).toBeLessThan(mostGrownMB);
});
