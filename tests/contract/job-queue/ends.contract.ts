import { describe, expect, it } from 'vitest';
import { freeAllLeases } from '@/db/repositories/claim-job';
import { deletePackage } from '@/db/repositories/packages';
import { sqliteQueue } from '@/db/sqlite-queue';
import type { PackagingJob, Queue } from '@/lib/jobs/queue';
import {
  expireLease,
  insertJobs,
  sampleDatabase,
  sampleVersion,
  stored,
} from '@/tests/support/sample-database';
import { sampleProbe } from '@/tests/support/sample-probe';

/** A queue whose only job is claimed. */
async function openClaimed() {
  const db = sampleDatabase();
  const [packageId = 0] = insertJobs(db, 1);
  const queue = sqliteQueue(db);
  const job = await queue.claim('test');
  if (!job) throw new Error('There was no job to claim.');
  return { db, queue, job, see: () => stored(db, packageId) };
}

describe('publishing', () => {
  it('adds the version and serves it, while the work goes on', async () => {
    const { queue, job, see } = await openClaimed();
    expect(await queue.publish(job, { version: sampleVersion(1) })).toBe(true);
    const { package: row, job: left, versions } = see();
    expect(row).toMatchObject({ currentVersion: 1, status: 'processing' });
    expect(left).toBeDefined();
    expect(versions).toMatchObject([{ ...sampleVersion(1), packageId: job.packageId }]);
    expect(versions[0]?.publishedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('serves the newest version, and keeps the previous one', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.publish(job, { version: sampleVersion(1) });
    await queue.publish(job, { version: sampleVersion(2) });
    expect(see().package?.currentVersion).toBe(2);
    expect(see().versions.map((version) => version.number)).toEqual([1, 2]);
  });

  it('fails for a version that exists, and changes nothing', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.publish(job, { version: sampleVersion(1) });
    const before = see();
    await expect(queue.publish(job, { version: { ...sampleVersion(1), sizeBytes: 1 } })).rejects.toThrow(
      /UNIQUE|insert/i,
    );
    expect(see()).toEqual(before);
  });
});

describe('the end of the work', () => {
  it('completed: the package is ready and the job gone', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.report(job, { stage: 'publish', progress: 0.99 });
    expect(await queue.complete(job)).toBe(true);
    const { package: row, job: left } = see();
    expect(row).toMatchObject({
      status: 'ready',
      stage: null,
      progress: 1,
      errorCode: null,
      errorMessage: null,
    });
    expect(row?.readyAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(left).toBeUndefined();
  });

  it('failed: the package says why and the job is gone', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.report(job, { stage: 'encode', progress: 0.4 });
    expect(await queue.fail(job, { code: 'encode-failed', message: 'Export it again.' })).toBe(true);
    const { package: row, job: left } = see();
    const error = { errorCode: 'encode-failed', errorMessage: 'Export it again.' };
    expect(row).toMatchObject({ status: 'failed', stage: null, progress: 0.4, readyAt: null, ...error });
    expect(left).toBeUndefined();
  });

  it('failed after a version was published: it is still served', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.publish(job, { version: sampleVersion(1) });
    await queue.fail(job, { code: 'internal', message: '' });
    expect(see().package).toMatchObject({ status: 'failed', currentVersion: 1 });
    expect(see().versions).toHaveLength(1);
  });

  it('released: the package waits again and the job is free at once', async () => {
    const { queue, job, see } = await openClaimed();
    expect(await queue.release(job)).toBe(true);
    expect(see().package).toMatchObject({ status: 'queued', stage: null });
    expect(see().job).toMatchObject({ attempt: 1, leaseExpiresAt: null });
    expect(await queue.claim('test')).toMatchObject({ id: job.id, attempt: 2 });
  });

  it('forgets the failure of an earlier attempt', async () => {
    const { db, queue, job, see } = await openClaimed();
    db.$client.prepare("UPDATE packages SET error_code = 'internal', error_message = 'x'").run();
    expireLease(db, job.id);
    await queue.claim('test');
    expect(see().package).toMatchObject({ errorCode: null, errorMessage: null });
  });
});

const writes: Record<string, (queue: Queue, job: PackagingJob) => Promise<boolean>> = {
  heartbeat: (queue, job) => queue.heartbeat(job),
  report: (queue, job) => queue.report(job, { stage: 'verify', progress: 0.9 }),
  publish: (queue, job) => queue.publish(job, { version: sampleVersion(1) }),
  recordProbe: (queue, job) => queue.recordProbe(job, sampleProbe({ container: 'late' })),
  recordChecksums: (queue, job) => queue.recordChecksums(job, { version: null, downloadSha256: 'late' }),
  complete: (queue, job) => queue.complete(job),
  fail: (queue, job) => queue.fail(job, { code: 'internal', message: 'late' }),
  release: (queue, job) => queue.release(job),
  postpone: (queue, job) => queue.postpone(job, { code: 'internal', message: 'late' }, 5),
  endCanceled: (queue, job) => queue.endCanceled(job),
};

describe.each(Object.entries(writes))('%s', (_, write) => {
  it('of an older attempt changes nothing', async () => {
    const { db, queue, job, see } = await openClaimed();
    expireLease(db, job.id);
    await queue.claim('test');
    const before = see();
    expect(await write(queue, job)).toBe(false);
    expect(see()).toEqual(before);
  });

  it('of a job whose package was deleted changes nothing', async () => {
    const { db, queue, job, see } = await openClaimed();
    deletePackage(db, job.packageId);
    expect(await write(queue, job)).toBe(false);
    expect(see()).toEqual({ package: undefined, job: undefined, versions: [], keys: [] });
  });

  it('of work that has ended changes nothing', async () => {
    const { queue, job, see } = await openClaimed();
    await queue.complete(job);
    const before = see();
    expect(await write(queue, job)).toBe(false);
    expect(see()).toEqual(before);
  });
});

describe('a start of the server', () => {
  it('frees the jobs that a dead process held, and nothing else', async () => {
    const { db, queue, job, see } = await openClaimed();
    const [waiting = 0] = insertJobs(db, 1);
    freeAllLeases(db);
    expect(see().package).toMatchObject({ status: 'queued', stage: null });
    expect(see().job).toMatchObject({ attempt: job.attempt, leaseExpiresAt: null });
    expect(stored(db, waiting).package).toMatchObject({ status: 'queued' });
    expect(await queue.claim('test')).toMatchObject({ id: job.id, attempt: 2 });
  });

  it('leaves a ready package unchanged', async () => {
    const { db, queue, job, see } = await openClaimed();
    await queue.complete(job);
    const before = see();
    freeAllLeases(db);
    expect(see()).toEqual(before);
  });
});

it('deleting a package takes its job, keys and versions along', async () => {
  const { db, queue, job, see } = await openClaimed();
  await queue.publish(job, { version: sampleVersion(1) });
  expect(see().keys).toHaveLength(1);
  deletePackage(db, job.packageId);
  expect(see()).toEqual({ package: undefined, job: undefined, versions: [], keys: [] });
});
