import { expect, it, vi } from 'vitest';
import { sqliteLedger } from '@/db/sqlite/ledger';
import { sqliteQueue } from '@/db/sqlite/queue';
import { AppError } from '@/lib/base/errors';
import { JobEvents } from '@/lib/jobs/job-events';
import { startWorker, type Work } from '@/lib/jobs/worker';
import {
  insertJobs,
  sampleDatabase,
  sampleVersion,
  skipBackoff,
  stored,
} from '@/tests/harness/sample-database';

vi.stubEnv('LOG_LEVEL', 'silent');

const events = new JobEvents();

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 5000, interval: 5 });

/** Lets a worker do the jobs of a new database until none is left. */
async function workThrough(count: number, work: (db: ReturnType<typeof sampleDatabase>) => Work) {
  const db = sampleDatabase();
  const ids = insertJobs(db, count);
  const worker = startWorker(sqliteQueue(db, events), work(db));
  await until(() => ids.every((id) => stored(db, id).job === undefined));
  await worker.stop();
  return ids.map((id) => stored(db, id).package);
}

it('does one job after the other, oldest first', async () => {
  const done: number[] = [];
  let running = 0;
  const rows = await workThrough(3, () => async (job) => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push(job.packageId);
    running -= 1;
  });
  expect(done).toEqual([1, 2, 3]);
  expect(rows.map((row) => row?.status)).toEqual(['ready', 'ready', 'ready']);
});

it('reports an expected failure, and goes on with the next job', async () => {
  const rows = await workThrough(2, () => async (job) => {
    if (job.packageId === 1) throw new AppError('encode-failed', 'Export it again.');
  });
  expect(rows).toMatchObject([
    { status: 'failed', errorCode: 'encode-failed', errorMessage: 'Export it again.' },
    { status: 'ready' },
  ]);
});

it('retries after an unexpected failure, hides its details, and gives up after the third', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  let tries = 0;
  const worker = startWorker(sqliteQueue(db, events), async () => {
    tries += 1;
    throw new Error('/storage/secret');
  });
  const failure = {
    errorCode: 'internal',
    errorMessage: 'Packaging failed with an unexpected error. The server log has details.',
  };
  for (const done of [1, 2]) {
    await until(() => stored(db, id).job?.failures === done);
    expect(stored(db, id).package).toMatchObject({ status: 'queued', ...failure });
    expect(stored(db, id).job?.notBefore?.getTime()).toBeGreaterThan(Date.now());
    expect(tries).toBe(done);
    skipBackoff(db);
    events.wakeWorkers();
  }
  await until(() => stored(db, id).job === undefined);
  await worker.stop();
  expect(stored(db, id).package).toMatchObject({ status: 'failed', ...failure });
  expect(tries).toBe(3);
});

it('runs as many jobs at once as its concurrency allows', async () => {
  const db = sampleDatabase();
  const ids = insertJobs(db, 5);
  let [running, most] = [0, 0];
  const work: Work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
  };
  const worker = startWorker(sqliteQueue(db, events), work, { concurrency: 2 });
  await until(() => ids.every((id) => stored(db, id).job === undefined));
  await worker.stop();
  expect(most).toBe(2);
});

it('ends the work on a package that is canceled', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  let isStarted = false;
  const queue = sqliteQueue(db, events);
  const worker = startWorker(queue, async (_, signal) => {
    isStarted = true;
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  await until(() => isStarted);
  await queue.cancel(id);
  expect(stored(db, id).package?.status).toBe('processing');
  await until(() => stored(db, id).job === undefined);
  await worker.stop();
  expect(stored(db, id).package).toMatchObject({ status: 'canceled', stage: null, errorCode: null });
});

it('ends a job as canceled that was canceled during its last step', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  const queue = sqliteQueue(db, events);
  const worker = startWorker(queue, async () => void (await queue.cancel(id)));
  await until(() => stored(db, id).job === undefined);
  await worker.stop();
  expect(stored(db, id).package).toMatchObject({ status: 'canceled', stage: null, errorCode: null });
});

it('leaves nothing of a package that was deleted during its job', async () => {
  const rows = await workThrough(2, (db) => async (job) => {
    if (job.packageId === 1) await sqliteLedger(db).removePackage(1);
  });
  expect(rows).toMatchObject([undefined, { status: 'ready' }]);
});

it('releases the running job when it is stopped', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  let reason: unknown;
  let isStarted = false;
  const worker = startWorker(sqliteQueue(db, events), async (_, signal) => {
    isStarted = true;
    await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
        reject(reason);
      });
    });
  });
  await until(() => isStarted);
  await worker.stop();
  expect(reason).toEqual(new Error('The server stops.'));
  expect(stored(db, id)).toMatchObject({
    package: { status: 'queued', stage: null, errorCode: null },
    job: { attempt: 1, leaseExpiresAt: null },
  });
});

it('keeps a published version when it is stopped afterwards', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  const queue = sqliteQueue(db, events);
  let isPublished = false;
  const worker = startWorker(queue, async (job, signal) => {
    await sqliteLedger(db).publish(job, { version: sampleVersion(1) });
    isPublished = true;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
  });
  await until(() => isPublished);
  await worker.stop();
  expect(stored(db, id)).toMatchObject({ package: { currentVersion: 1 }, versions: [{ number: 1 }] });
});

it('begins a new job at once when it is woken', async () => {
  const db = sampleDatabase();
  let startedAt = 0;
  const worker = startWorker(sqliteQueue(db, events), async () => {
    startedAt = Date.now();
  });
  await new Promise((resolve) => setTimeout(resolve, 50)); // it found nothing, and waits a second
  insertJobs(db, 1);
  const asked = Date.now();
  events.wakeWorkers();
  await until(() => startedAt > 0);
  expect(startedAt - asked).toBeLessThan(500);
  await worker.stop();
});

it('records how a job ended once the disk has space for it', async () => {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  const queue = sqliteQueue(db, events);
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  let refusals = 0;
  const onFullDisk: typeof queue.fail = async (job, failure) => {
    refusals += 1;
    if (refusals < 3) throw full;
    return queue.fail(job, failure);
  };
  const worker = startWorker({ ...queue, fail: onFullDisk }, async () => {
    throw full;
  });
  for (const done of [1, 2]) {
    await until(() => refusals === done);
    expect(stored(db, id).package?.status).toBe('processing');
    events.wakeWorkers();
  }
  await until(() => stored(db, id).job === undefined);
  await worker.stop();
  expect(stored(db, id).package).toMatchObject({ status: 'failed', errorCode: 'disk-full' });
});
