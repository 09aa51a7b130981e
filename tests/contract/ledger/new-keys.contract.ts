import { describe, expect, it } from 'vitest';
import { cancelJobs, insertJob } from '@/db/repositories/jobs';
import { deleteVersion, retireKeys } from '@/db/repositories/maintenance';
import { contentKeys } from '@/db/schema';
import type { JobTask } from '@/lib/media/job-task';
import { failure, newKey, openPublished } from '@/tests/support/published-package';
import { expireLease, sampleVersion } from '@/tests/support/sample-database';

describe('new keys', () => {
  async function openRekeyed() {
    const opened = await openPublished();
    insertJob(opened.db, opened.packageId, { kind: 'rekey' }, [newKey]);
    return { ...opened, job: await opened.claim() };
  }

  it('wait, and encrypt the next version', async () => {
    const { job, keys } = await openRekeyed();
    expect(job).toMatchObject({ keys: [newKey], currentKeys: [{ kidHex: 'kid-0' }] });
    expect(job.keys).toHaveLength(1);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });

  it('are used once their version is published; viewers of the older version keep theirs', async () => {
    const { queue, job, keys, claim, db, packageId } = await openRekeyed();
    await queue.publish(job, { version: sampleVersion(2) });
    await queue.complete(job);
    expect(keys()).toEqual(['kid-0 older', 'kid-new used']);
    insertJob(db, packageId, { kind: 'rekey' }, [{ ...newKey, kidHex: 'kid-newer' }]);
    await queue.publish(await claim(), { version: sampleVersion(3) });
    expect(keys()).toEqual(['kid-0 older', 'kid-new older', 'kid-newer used']);
  });

  it('that revoke older keys retire these and their versions when they are published', async () => {
    const { db, queue, packageId, claim, keys, see } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey' }, [newKey]);
    const job = await claim();
    await queue.publish(job, { version: sampleVersion(2) });
    await queue.complete(job);
    insertJob(db, packageId, { kind: 'rekey', revoke: true }, [{ ...newKey, kidHex: 'kid-newer' }]);
    const revoking = await claim();
    expect(keys()).toEqual(['kid-0 older', 'kid-new used', 'kid-newer waiting']);
    expect(see().versions.map(({ number }) => number)).toEqual([1, 2]);
    await queue.publish(revoking, { version: sampleVersion(3) });
    expect(keys()).toEqual(['kid-0 retired', 'kid-new retired', 'kid-newer used']);
    expect(see().keys.map(({ wrappedKey }) => wrappedKey)).toEqual(['', '', 'wrapped-new']);
    expect(see().versions.map(({ number }) => number)).toEqual([3]);
    await queue.complete(revoking);
    expect(see().package).toMatchObject({ status: 'ready', currentVersion: 3 });
  });

  it('that revoke older keys leave these when no version was published', async () => {
    const { db, queue, packageId, claim, keys, see } = await openPublished();
    insertJob(db, packageId, { kind: 'rekey', revoke: true }, [newKey]);
    await queue.fail(await claim(), failure);
    expect(keys()).toEqual(['kid-0 used']);
    expect(see().versions.map(({ number }) => number)).toEqual([1]);
  });

  it('are dropped when no version was published', async () => {
    const { queue, job, keys } = await openRekeyed();
    await queue.fail(job, failure);
    expect(keys()).toEqual(['kid-0 used']);
  });

  it('keep waiting when the job is released or its worker dies', async () => {
    const { db, queue, job, keys, claim } = await openRekeyed();
    await queue.release(job);
    const second = await claim();
    expireLease(db, second.id);
    expect(await claim()).toMatchObject({ attempt: 3, keys: [newKey] });
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });

  it('are not changed by a worker that lost its claim', async () => {
    const { db, queue, job, keys, claim } = await openRekeyed();
    expireLease(db, job.id);
    await claim();
    expect(await queue.fail(job, failure)).toBe(false);
    expect(await queue.publish(job, { version: sampleVersion(2) })).toBe(false);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });
});

describe('jobs of other kinds leave new keys alone', () => {
  async function openBehindRefresh() {
    const opened = await openPublished();
    insertJob(opened.db, opened.packageId, { kind: 'refresh-texts' });
    insertJob(opened.db, opened.packageId, { kind: 'rekey' }, [newKey]);
    return { ...opened, job: await opened.claim() };
  }

  it('text tracks go into a version with the keys in use', async () => {
    const { queue, job, keys, claim } = await openBehindRefresh();
    expect(job).toMatchObject({ task: { kind: 'refresh-texts' }, keys: [{ kidHex: 'kid-0' }] });
    await queue.publish(job, { version: sampleVersion(2) });
    await queue.complete(job);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    expect(await claim()).toMatchObject({ task: { kind: 'rekey' }, keys: [newKey] });
  });

  it('text tracks that fail leave the new keys', async () => {
    const { queue, job, claim } = await openBehindRefresh();
    await queue.fail(job, failure);
    expect((await claim()).keys).toMatchObject([newKey]);
  });

  it('canceling all jobs drops the new keys', async () => {
    const { db, queue, job, packageId, keys } = await openBehindRefresh();
    cancelJobs(db, packageId);
    expect(await queue.endCanceled(job)).toBe(true);
    expect(keys()).toEqual(['kid-0 used']);
  });
});

describe('older keys are retired with the last version that uses them', () => {
  async function openTwiceRekeyed() {
    const opened = await openPublished();
    const { db, queue, packageId, claim } = opened;
    const publishNext = async (task: JobTask, number: number, kidHex?: string) => {
      insertJob(db, packageId, task, kidHex ? [{ ...newKey, kidHex }] : []);
      const job = await claim();
      await queue.publish(job, { version: sampleVersion(number) });
      await queue.complete(job);
    };
    await publishNext({ kind: 'refresh-texts' }, 2);
    await publishNext({ kind: 'rekey' }, 3, 'kid-1');
    await publishNext({ kind: 'rekey' }, 4, 'kid-2');
    const drop = (...numbers: number[]) => {
      for (const { id, number } of opened.see().versions) if (numbers.includes(number)) deleteVersion(db, id);
      retireKeys(db);
    };
    return { ...opened, drop };
  }

  it.each([
    [[], ['kid-0 older', 'kid-1 older', 'kid-2 used']],
    [[1], ['kid-0 older', 'kid-1 older', 'kid-2 used']],
    [
      [1, 2],
      ['kid-0 retired', 'kid-1 older', 'kid-2 used'],
    ],
    [
      [1, 2, 3],
      ['kid-0 retired', 'kid-1 retired', 'kid-2 used'],
    ],
  ])('once %j are gone', async (gone, expected) => {
    const { keys, drop } = await openTwiceRekeyed();
    drop(...gone);
    expect(keys()).toEqual(expected);
  });

  it('those without a last version, of an older Cenclave, once only the served version is left', async () => {
    const { db, keys, drop } = await openTwiceRekeyed();
    db.update(contentKeys).set({ lastVersion: null }).run();
    drop(1, 2);
    expect(keys()).toEqual(['kid-0 older', 'kid-1 older', 'kid-2 used']);
    drop(3);
    expect(keys()).toEqual(['kid-0 retired', 'kid-1 retired', 'kid-2 used']);
  });
});
