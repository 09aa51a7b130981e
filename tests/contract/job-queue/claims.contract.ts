import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Db } from '@/db/client';
import { deletePackage } from '@/db/repositories/packages';
import { jobs } from '@/db/schema';
import { sqliteQueue } from '@/db/sqlite-queue';
import type { PackagingJob } from '@/lib/jobs/queue';
import {
  expireLease,
  insertJobs,
  sampleDatabase,
  sampleVersion,
  stored,
} from '@/tests/support/sample-database';
import { sampleProbe } from '@/tests/support/sample-probe';

/** A queue with waiting packages. */
function open(count = 1) {
  const db = sampleDatabase();
  return { db, queue: sqliteQueue(db), ids: insertJobs(db, count) };
}

const requestCancel = (db: Db, { id }: PackagingJob) =>
  db.update(jobs).set({ cancelRequested: true }).where(eq(jobs.id, id)).run();

async function claimed(queue: ReturnType<typeof sqliteQueue>): Promise<PackagingJob> {
  const job = await queue.claim('test');
  if (!job) throw new Error('There was no job to claim.');
  return job;
}

/** Expects a lease that ends 30 s after it was given, which was at `since` or later. */
function expectLeaseOf30s(db: Db, packageId: number, since: number): void {
  const lease = stored(db, packageId).job?.leaseExpiresAt?.getTime() ?? 0;
  expect(lease - since).toBeGreaterThanOrEqual(30_000);
  expect(lease - Date.now()).toBeLessThanOrEqual(30_000);
}

describe('a claim', () => {
  it('carries all that a worker needs', async () => {
    const { queue, ids } = open();
    const key = { label: 'all', kidHex: 'kid-0', wrappedKey: 'wrapped-0' };
    expect(await queue.claim('test')).toEqual({
      id: 1,
      attempt: 1,
      failures: 0,
      packageId: ids[0],
      mediaId: 'media-1-0',
      task: { kind: 'package' },
      scheme: 'cbcs',
      keyMode: 'one',
      signalling: [],
      current: null,
      hasDownload: false,
      servedDownload: null,
      versionNumber: 1,
      source: { storageKey: 'uploads/a.mp4', name: 'a.mp4', probe: sampleProbe() },
      texts: [],
      keys: [expect.objectContaining(key)],
      currentKeys: [expect.objectContaining(key)],
    });
  });

  it('takes the oldest job first, each once', async () => {
    const { queue, ids } = open(3);
    const taken = [
      await queue.claim('test'),
      await queue.claim('test'),
      await queue.claim('test'),
      await queue.claim('test'),
    ];
    expect(taken.map((job) => job?.packageId ?? null)).toEqual([...ids, null]);
  });

  it('is null where no job waits', async () => {
    expect(await open(0).queue.claim('test')).toBeNull();
  });

  it('resets the stage and the progress of the package', async () => {
    const { db, queue, ids } = open();
    await queue.report(await claimed(queue), { stage: 'verify', progress: 0.97 });
    expireLease(db, 1);
    await queue.claim('test');
    const [id = 0] = ids;
    expect(stored(db, id).package).toMatchObject({ status: 'processing', stage: 'probe', progress: 0 });
  });

  it('leases the job for 30 s', async () => {
    const { db, queue, ids } = open();
    const before = Date.now();
    await queue.claim('test');
    expectLeaseOf30s(db, ids[0] ?? 0, before);
  });

  it('takes a job again when its lease is over, as the next attempt', async () => {
    const { db, queue } = open();
    const first = await claimed(queue);
    expect(await queue.claim('test')).toBeNull();
    expireLease(db, first.id);
    expect(await queue.claim('test')).toEqual({ ...first, attempt: 2, failures: 1 });
    expect(await queue.claim('test')).toBeNull();
  });

  it('ends a canceled job whose worker died', async () => {
    const { db, queue } = open();
    const job = await claimed(queue);
    requestCancel(db, job);
    expireLease(db, job.id);
    expect(await queue.claim('test')).toBeNull();
    expect(stored(db, job.packageId)).toMatchObject({ package: { status: 'canceled' }, job: undefined });
  });

  it('numbers the version after the served one', async () => {
    const { db, queue } = open();
    const first = await claimed(queue);
    await queue.publish(first, { version: sampleVersion(1) });
    expireLease(db, first.id);
    expect((await claimed(queue)).versionNumber).toBe(2);
  });
});

describe('a heartbeat', () => {
  it('prolongs the lease to 30 s from now', async () => {
    const { db, queue } = open();
    const job = await claimed(queue);
    expireLease(db, job.id);
    const before = Date.now();
    expect(await queue.heartbeat(job)).toBe(true);
    expectLeaseOf30s(db, job.packageId, before);
    expect(await queue.claim('test')).toBeNull();
  });

  it('is false when the package was deleted', async () => {
    const { db, queue } = open();
    const job = await claimed(queue);
    deletePackage(db, job.packageId);
    expect(await queue.heartbeat(job)).toBe(false);
  });

  it('is false when the job is to be canceled', async () => {
    const { db, queue } = open();
    const job = await claimed(queue);
    requestCancel(db, job);
    expect(await queue.heartbeat(job)).toBe(false);
  });
});

describe('progress', () => {
  it('is stored with its stage, and never goes backwards', async () => {
    const { db, queue } = open();
    const job = await claimed(queue);
    const seen: unknown[] = [];
    for (const [stage, progress] of [
      ['copy', 0.3],
      ['copy', 0.1],
      ['package', 0.2],
      ['verify', 0.9],
    ] as const) {
      expect(await queue.report(job, { stage, progress })).toBe(true);
      const row = stored(db, job.packageId).package;
      seen.push([row?.stage, row?.progress]);
    }
    expect(seen).toEqual([
      ['copy', 0.3],
      ['copy', 0.3],
      ['package', 0.3],
      ['verify', 0.9],
    ]);
  });

  it('changes one package only', async () => {
    const { db, queue, ids } = open(2);
    await queue.report(await claimed(queue), { stage: 'copy', progress: 0.5 });
    expect(stored(db, ids[1] ?? 0).package).toMatchObject({ status: 'queued', stage: null, progress: 0 });
  });
});
