import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { quickLadder, slowLadder, startLongEncode, untilEncoding } from '../harness/long-encode';
import { processesWith } from '../harness/processes';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process';

/** A server that does no work itself. */
let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ JOB_CONCURRENCY: '0' });
});
afterAll(() => server.stop());
// What one test has left would be the first work of the next one's worker.
afterEach(async () => {
  const { items }: { items: PackageView[] } = await (await fetch(`${server.origin}/api/packages`)).json();
  for (const { links } of items) await postJson(`${server.origin}${links.self}/cancel`, {});
});

async function startWorker(settings: Record<string, string>): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(server, settings);
  onTestFinished(() => worker.end('SIGKILL'));
  return worker;
}

const viewOf = async ({ links }: PackageView): Promise<PackageView> =>
  (await fetch(server.origin + links.self)).json();
/** FFmpeg and the packager of any worker. */
const tools = () => processesWith(path.join(server.storage, 'work'));
const workFolders = () => readdirSync(path.join(server.storage, 'work'));

it('packages in a process of its own, as soon as the server takes the request', async () => {
  const worker = await startWorker(quickLadder());
  const { id } = await uploadFile(server.origin, clip('h264-aac.mp4'));
  const view = await packageUntilReady(server.origin, id);
  expect((await fetch(server.origin + (view.links.manifest ?? ''))).status).toBe(200);
  await worker.end('SIGTERM');
  expect(workFolders()).toHaveLength(1); // the server's
});

it('ends its tools soon after the server has canceled the work', async () => {
  await startWorker(slowLadder());
  const long = await startLongEncode(server);
  await expect.poll(tools, { timeout: 20_000 }).not.toEqual([]);
  await postJson(`${server.origin + long.links.self}/cancel`, {});
  await expect.poll(() => viewOf(long), { timeout: 20_000 }).toMatchObject({ status: 'canceled' });
  await expect.poll(tools, { timeout: 20_000 }).toEqual([]);
});

it('gives its work back when it is stopped, and another worker continues it', async () => {
  const worker = await startWorker(slowLadder());
  const long = await startLongEncode(server);
  await worker.end('SIGTERM');
  expect(await viewOf(long)).toMatchObject({ status: 'queued', playable: true });
  expect(tools()).toEqual([]);
  await startWorker(slowLadder());
  await untilEncoding(server.origin, long);
  await postJson(`${server.origin + long.links.self}/cancel`, {});
});

it('when it is killed, the server ends its tools and another worker continues its work', async () => {
  const worker = await startWorker({ ...slowLadder(), SANDBOX: 'off' });
  const long = await startLongEncode(server);
  await worker.end('SIGKILL');
  await expect
    .poll(() => viewOf(long), { timeout: 60_000 })
    .toMatchObject({ status: 'queued', playable: true });
  expect(tools()).toEqual([]);
  expect(workFolders()).toHaveLength(1);
  await startWorker(slowLadder());
  await untilEncoding(server.origin, long);
});
