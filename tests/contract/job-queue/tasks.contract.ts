import { describe, expect, it } from 'vitest';
import { cancelJobs, hasJob, insertJob, setPriority } from '@/db/repositories/jobs';
import { texts } from '@/db/schema';
import { sqliteQueue } from '@/db/sqlite-queue';
import type { PackagingJob } from '@/lib/jobs/queue';
import type { JobTask } from '@/lib/media/job-task';
import { failure, newKey, openPublished } from '@/tests/support/published-package';
import {
  expireLease,
  insertJobs,
  sampleDatabase,
  sampleVersion,
  skipBackoff,
  stored,
} from '@/tests/support/sample-database';

describe('work on a published package', () => {
  it.each<JobTask>([
    { kind: 'rekey' },
    { kind: 'refresh-texts' },
    { kind: 'add-audio', storageKey: 'uploads/b.audio', language: 'fr', label: null },
  ])('is claimed with the served version: $kind', async (task) => {
    const { db, packageId, claim, see } = await openPublished();
    insertJob(db, packageId, task);
    expect(see().package).toMatchObject({ status: 'queued', progress: 0, currentVersion: 1 });
    expect(await claim()).toMatchObject({
      packageId,
      task,
      current: sampleVersion(1),
      versionNumber: 2,
      keys: [{ kidHex: 'kid-0' }],
      currentKeys: [{ kidHex: 'kid-0' }],
    });
  });

  it('clears an earlier failure, and reports its own', async () => {
    const { db, queue, packageId, claim, see } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey' });
    await queue.fail(await claim(), failure);
    expect(see().package).toMatchObject({ status: 'ready', errorCode: 'encode-failed', currentVersion: 1 });
    insertJob(db, packageId, { kind: 'rekey' });
    expect(see().package).toMatchObject({ status: 'queued', errorCode: null, errorMessage: null });
  });

  it('carries the text tracks that were uploaded for the video', async () => {
    const { db, packageId, claim } = await openPublished();
    const text = { language: 'de', label: 'Deutsch', role: 'caption' as const, storageKey: 'uploads/a.vtt' };
    db.insert(texts)
      .values({ ...text, videoId: 1 })
      .run();
    insertJob(db, packageId, { kind: 'refresh-texts' });
    expect((await claim()).texts).toMatchObject([{ ...text, id: 1 }]);
  });
});

describe('several jobs of a package', () => {
  it('run one after the other, each with the version that the previous one published', async () => {
    const { db, queue, packageId, claim, see } = await openPublished();
    insertJob(db, packageId, { kind: 'refresh-texts' });
    insertJob(db, packageId, { kind: 'rekey' });
    const first = await claim();
    expect(await queue.claim('test')).toBeNull();
    await queue.publish(first, { version: sampleVersion(2) });
    expect(await queue.claim('test')).toBeNull();
    await queue.complete(first);
    expect(see().package).toMatchObject({ status: 'queued', stage: null });
    expect(hasJob(db, packageId)).toBe(true);
    const second = await claim();
    expect(second).toMatchObject({ task: { kind: 'rekey' }, versionNumber: 3, current: sampleVersion(2) });
    await queue.complete(second);
    expect(see().package?.status).toBe('ready');
    expect(hasJob(db, packageId)).toBe(false);
  });

  it('do not hold up the jobs of other packages', async () => {
    const { db, queue, packageId, claim } = await openPublished();
    for (const kind of ['rekey', 'refresh-texts'] as const) insertJob(db, packageId, { kind });
    const [other] = insertJobs(db, 1);
    await claim();
    expect((await claim()).packageId).toBe(other);
    expect(await queue.claim('test')).toBeNull();
  });

  it('leave the package processing when one more is requested', async () => {
    const { db, queue, packageId, claim, see } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey' });
    await queue.report(await claim(), { stage: 'package', progress: 0.5 });
    insertJob(db, packageId, { kind: 'refresh-texts' });
    expect(see().package).toMatchObject({ status: 'processing', stage: 'package', progress: 0.5 });
  });

  it('go on after one that failed', async () => {
    const { db, queue, packageId, claim, see } = await openPublished();
    for (const kind of ['rekey', 'refresh-texts'] as const) insertJob(db, packageId, { kind });
    await queue.fail(await claim(), failure);
    expect(see().package).toMatchObject({ status: 'queued', currentVersion: 1 });
    expect((await claim()).task).toEqual({ kind: 'refresh-texts' });
  });
});

describe('the order of the jobs of a package', () => {
  it('is kept while the first waits for another try', async () => {
    const { db, queue, packageId, claim } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey' }, [newKey]);
    await queue.postpone(await claim(), failure, 30);
    insertJob(db, packageId, { kind: 'refresh-texts' });
    expect(await queue.claim('test')).toBeNull();
    skipBackoff(db);
    expect((await claim()).task.kind).toBe('rekey');
  });

  it('is kept whatever their priority', async () => {
    const { db, packageId, claim } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey' }, [newKey]);
    setPriority(db, packageId, -1);
    insertJob(db, packageId, { kind: 'refresh-texts' });
    expect((await claim()).task.kind).toBe('rekey');
  });
});

describe('an incomplete package', () => {
  const broken = { status: 'failed', errorCode: 'encode-failed', errorMessage: 'Export it again.' };

  /** A package whose fast lane is published; the tests then fail `first`, its ladder. */
  async function openBroken() {
    const db = sampleDatabase();
    const [packageId = 0] = insertJobs(db, 1);
    const queue = sqliteQueue(db);
    const claim = async () => (await queue.claim('test')) as PackagingJob;
    const first = await claim();
    await queue.publish(first, { version: sampleVersion(1) });
    return { db, queue, claim, first, packageId, see: () => stored(db, packageId).package };
  }

  it('is incomplete again after a change', async () => {
    const { db, queue, claim, first, packageId, see } = await openBroken();
    await queue.fail(first, failure);
    for (const kind of ['refresh-texts', 'rekey'] as const) insertJob(db, packageId, { kind });
    expect(see()).toMatchObject({ status: 'queued', errorCode: null });
    const second = await claim();
    await queue.publish(second, { version: sampleVersion(2), last: { removes: null } });
    await queue.complete(second);
    await queue.complete(await claim());
    expect(see()).toMatchObject(broken);
  });

  it('is incomplete after a change that waited behind the failed job', async () => {
    const { db, queue, claim, first, packageId, see } = await openBroken();
    insertJob(db, packageId, { kind: 'refresh-texts' });
    await queue.fail(first, failure);
    expect(see()?.status).toBe('queued');
    await queue.complete(await claim());
    expect(see()).toMatchObject(broken);
  });

  it('reports a change that failed, and can still be retried', async () => {
    const { db, queue, claim, first, packageId, see } = await openBroken();
    await queue.fail(first, failure);
    insertJob(db, packageId, { kind: 'rekey' }, [newKey]);
    await queue.fail(await claim(), { code: 'packager-failed', message: 'No.' });
    expect(see()).toMatchObject({ status: 'failed', errorCode: 'packager-failed' });
  });

  it('is incomplete again when a change is canceled', async () => {
    const { db, queue, first, packageId, see } = await openBroken();
    await queue.fail(first, failure);
    insertJob(db, packageId, { kind: 'rekey' }, [newKey]);
    cancelJobs(db, packageId);
    expect(see()).toMatchObject(broken);
  });
});

describe('a job whose last version is published', () => {
  it('only has to be finished by the next attempt', async () => {
    const { db, queue, packageId, claim, see } = await openPublished();
    insertJob(db, packageId, { kind: 'add-audio', storageKey: 'uploads/b.m4a', language: 'de', label: null });
    const job = await claim();
    const download = { folder: 'download-2', sizeBytes: 1 };
    await queue.publish(job, { version: sampleVersion(2), download, last: { removes: 'uploads/b.m4a' } });
    expireLease(db, job.id);
    const second = await claim();
    expect(second.task).toEqual({
      kind: 'finish',
      version: 2,
      download: 'download-2',
      removes: 'uploads/b.m4a',
    });
    await queue.complete(second);
    expect(see().package).toMatchObject({ status: 'ready', currentVersion: 2 });
  });
});
