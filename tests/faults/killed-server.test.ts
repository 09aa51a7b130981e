import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { postJson } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import {
  type Acknowledged,
  announce,
  orNullWhenGone,
  sendForm,
  sendRest,
  smallClips,
  type UploadCallbacks,
} from '../harness/broken-uploads';
import { reportFault, times } from '../harness/fault-table';
import { type Running, runningIn, stillRunning } from '../harness/leftovers';
import { quickLadder, slowLadder, startLongEncode } from '../harness/long-encode';
import { checkEnds } from '../harness/package-ends';
import { runningAttempts, untilTakenUp } from '../harness/running-attempts';
import { seededRandom } from '../harness/seeded-random';
import { beside, findLosses, listFindings } from '../harness/storage-checks';

/** How often the server of one storage folder is killed before the next folder starts empty. */
const killsPerStorage = 20;
/** Most lives are short, so that work is given up after three interruptions; a few let it end. */
const longestLifeMs = 3000;
/** How soon the next server continues the work of the killed one. */
const longestPauseMs = 35_000;

let server: AppServer;
afterEach(() => server.stop());

/** What the clients of one storage folder know, across its servers. */
interface Clients {
  random: () => number;
  acknowledged: Acknowledged[];
  sending: Set<UploadCallbacks>;
  /** Videos that are still to be packaged. */
  unpackaged: Set<number>;
}

const pick = <T>(list: readonly T[], random: () => number) => list[Math.floor(random() * list.length)] as T;

function keep(clients: Clients, upload: Acknowledged | null): void {
  if (!upload) return;
  clients.acknowledged.push(upload);
  clients.unpackaged.add(upload.videoId);
}

/** Everything that clients do while one server lives. */
async function runClients(clients: Clients): Promise<void> {
  const { random, sending, unpackaged } = clients;
  const { origin } = server;
  const file = pick(smallClips(), random);
  const resume = async (upload: UploadCallbacks) => {
    const done = await sendRest(upload);
    if (done) sending.delete(upload);
    keep(clients, done);
  };
  const waiting = [...sending];
  if (random() < 0.5) keep(clients, await sendForm(origin, file));
  else {
    const announced = await announce(origin, file);
    if (announced) sending.add(announced);
    if (announced) waiting.push(announced);
  }
  await Promise.all(waiting.map(resume));
  for (const videoId of unpackaged) {
    const answer = await orNullWhenGone(postJson(`${origin}/api/videos/${videoId}/packages`, {}));
    if (answer && answer.status !== 202) throw new Error(`Packaging was answered ${answer.status}.`);
    if (answer) unpackaged.delete(videoId);
  }
  await requestNewKeys(origin);
}

/** Requests new keys for a package that is ready. */
async function requestNewKeys(origin: string): Promise<void> {
  const list = await orNullWhenGone(fetch(`${origin}/api/packages`).then((answer) => answer.json()));
  const ready = (list?.items as PackageView[] | undefined)?.find(({ status }) => status === 'ready');
  if (ready) await orNullWhenGone(postJson(origin + ready.links.rekey, {}));
}

/** Kills the server and starts the next on the same storage; returns how many jobs that takes up. */
async function killAndStart(settings: Record<string, string>): Promise<number> {
  const { storage, port } = server;
  const begun = runningAttempts(storage);
  await server.kill();
  const left = runningIn(storage);
  server = await startAppServer(settings, { storage, port });
  await untilTakenUp(storage, begun, longestPauseMs);
  await untilEnded(left);
  return begun.length;
}

/** Killed processes are gone soon, but not at once on a busy machine. */
const untilEnded = (processes: Running[]) =>
  expect.poll(() => stillRunning(processes), { timeout: 20_000 }).toEqual([]);

const statuses = () =>
  beside(server.storage, ({ db }) => db.$client.prepare('SELECT status FROM packages').pluck().all());
const isOver = (list: unknown[]) => !list.includes('queued') && !list.includes('processing');

/** Waits until a job is running, or all work has ended. */
const untilRunning = () =>
  expect
    .poll(async () => runningAttempts(server.storage).length > 0 || isOver(await statuses()), {
      timeout: 60_000,
      interval: 20,
    })
    .toBe(true);

/** Waits until all work has ended. */
const untilSettled = () =>
  expect.poll(async () => isOver(await statuses()), { timeout: 180_000, interval: 100 }).toBe(true);

/** Kills the server of one storage folder again and again; the last time when all work has ended. */
async function killOften(kills: number, random: () => number) {
  const ladder = quickLadder();
  const settings = () => ({ ...ladder, JOB_CONCURRENCY: '2', SANDBOX: random() < 0.5 ? 'off' : 'auto' });
  server = await startAppServer(settings());
  const clients: Clients = { random, acknowledged: [], sending: new Set(), unpackaged: new Set() };
  let takenUp = 0;
  for (let i = 1; i <= kills; i += 1) {
    const using = runClients(clients);
    using.catch(() => {}); // reported below
    // On a slow machine, no job may have begun at a random moment: the second kill waits for one.
    if (i === 2) await untilRunning();
    if (i < kills) await sleep(random() ** 2 * longestLifeMs);
    else {
      await using;
      await untilSettled();
    }
    takenUp += await killAndStart(settings());
    await using;
    expect(await findLosses(server.storage, clients.acknowledged)).toEqual([]);
  }
  expect(clients.sending.size + clients.unpackaged.size).toBe(0);
  await expect.poll(() => beside(server.storage, listFindings), { timeout: 15_000 }).toEqual([]);
  return { ...(await checkEnds(server)), takenUp };
}

it('loses nothing when it is killed at any moment', async (context) => {
  const wanted = times({ full: 200, quick: 8 });
  const random = seededRandom(8);
  const all = { tried: 0, survived: 0, ready: 0, failed: 0, takenUp: 0 };
  try {
    while (all.tried < wanted) {
      const kills = Math.min(killsPerStorage, wanted - all.tried);
      all.tried += kills;
      const { ready, failed, takenUp } = await killOften(kills, random);
      all.survived += kills;
      all.ready += ready;
      all.failed += failed;
      all.takenUp += takenUp;
      await server.stop();
    }
    expect(all.takenUp).toBeGreaterThan(0);
  } finally {
    const { tried, survived, ready, failed, takenUp } = all;
    const fault = `server killed at a random moment (${takenUp} jobs in progress; ${ready} packages ready, ${failed} given up)`;
    reportFault(context, { fault, tried, survived, lost: tried - survived });
  }
});

it('ends the tools that a killed server left running, without a sandbox too', async (context) => {
  const tried = times({ full: 5, quick: 1 });
  for (let i = 0; i < tried; i += 1) {
    const settings = { ...slowLadder(), SANDBOX: 'off' };
    server = await startAppServer(settings);
    await startLongEncode(server);
    const tools = runningIn(path.join(server.storage, 'work'));
    expect(tools).not.toEqual([]);
    // Otherwise FFmpeg may end by itself once nobody reads its progress.
    for (const { id } of tools) process.kill(id, 'SIGSTOP');
    onTestFinished(() => {
      for (const { id } of stillRunning(tools)) process.kill(id, 'SIGKILL');
    });
    const { storage, port } = server;
    await server.kill();
    expect(stillRunning(tools)).not.toEqual([]); // nobody but the next server ends them
    server = await startAppServer(settings, { storage, port });
    await untilEnded(tools);
    await server.stop();
  }
  reportFault(context, { fault: 'tools left running by a killed server', tried, survived: tried, lost: 0 });
});
