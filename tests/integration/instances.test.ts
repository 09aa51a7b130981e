import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import type { PackagingJob } from '@/lib/jobs/queue';
import { listRecords } from '@/lib/processes/group-records';
import { endGroup } from '@/lib/processes/process-groups';
import { workFolder } from '@/lib/storage/folders';
import { endDeadInstances, hasInstances, openInstance } from '@/server/instance';
import { stillRunning } from '../harness/leftovers';
import { openPipeline } from '../harness/pipeline';
import { claimJob } from '../harness/sample-context';
import { insertJobs, stored } from '../harness/sample-database';
import { filesBelow } from '../harness/temp-folder';

// Only Linux reports when a process started, so that its tools can be ended without it.
const onLinux = it.runIf(process.platform === 'linux');

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A process of its own that holds a job, and has a file and a running tool. */
async function startWorking(context: Acting) {
  const { STORAGE_DIR } = context.settings;
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/harness/working-process.ts'], {
    // The sandbox ends its tools when their process dies, but not everywhere there is one.
    env: { ...process.env, STORAGE_DIR, SANDBOX: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => kill(child));
  const [line] = await once(createInterface(child.stdout), 'line');
  const { name, job }: { name: string; job: PackagingJob } = JSON.parse(line);
  const folder = path.join(workFolder(STORAGE_DIR), name);
  const tools = () => listRecords(folder).map(({ leader, startedAt }) => ({ id: leader, startedAt }));
  await expect.poll(tools, { timeout: 60_000 }).toHaveLength(1);
  const tool = tools();
  onTestFinished(() => {
    for (const { id } of stillRunning(tool)) endGroup(id);
  });
  const left = async () => ({
    files: (await filesBelow(folder)).filter((file) => file.startsWith('jobs/')),
    tools: stillRunning(tool).length,
    isLeased: stored(context.db, job.packageId).job?.leaseExpiresAt !== null,
  });
  return { job, folder, left, kill: () => kill(child) };
}

const everything = { files: ['jobs/clear.mp4'], tools: 1, isLeased: true };
const nothing = { files: [], tools: 0, isLeased: false };

onLinux('what a killed process left is ended by another one; a living process keeps all', async () => {
  const context = await openPipeline();
  insertJobs(context.db, 2);
  const [killed, living] = [await startWorking(context), await startWorking(context)];
  await killed.kill();
  expect(await killed.left()).toEqual(everything);

  const own = openInstance(context);
  await endDeadInstances(context, own);
  expect(await killed.left()).toEqual(nothing);
  expect(existsSync(killed.folder)).toBe(false);
  expect(await living.left()).toEqual(everything);
  // The job can be claimed at once: its lease would have lasted half a minute. It has failed once.
  const { id, attempt, failures } = await claimJob(context);
  expect({ id, attempt, failures }).toEqual({ id: killed.job.id, attempt: 2, failures: 1 });
  expect(await context.queue.claim('test')).toBeNull();
  expect(await context.queue.heartbeat(killed.job)).toBe(false);
  expect(await context.queue.heartbeat(living.job)).toBe(true);
});

it('a process that starts while another one ends the dead keeps its job', async () => {
  const context = await openPipeline();
  insertJobs(context.db, 1);
  const own = openInstance(context);
  const ending = endDeadInstances(context, own);
  const other = openInstance(context);
  const job = await context.queue.claim(other.name);
  await ending;
  expect(job && (await context.queue.heartbeat(job))).toBe(true);
});

it('the work of an older Cenclave is removed', async () => {
  const context = await openPipeline();
  const root = context.settings.STORAGE_DIR;
  const old = path.join(workFolder(root), '7/1/tracks');
  mkdirSync(old, { recursive: true });
  writeFileSync(path.join(old, 'video-source.mp4'), 'clear');
  expect(hasInstances(root)).toBe(false);
  const own = openInstance(context);
  expect(hasInstances(root)).toBe(true);
  await endDeadInstances(context, own);
  expect(await readdir(workFolder(root))).toEqual([own.name]);
});
