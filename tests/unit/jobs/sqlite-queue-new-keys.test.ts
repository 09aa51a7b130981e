import { describe, expect, it } from 'vitest';
import { cancelJobs, insertJob } from '@/db/queries/jobs';
import { failure, newKey, openPublished } from '@/tests/support/published-package';
import { expireLease, sampleVersion } from '@/tests/support/sample-database';

describe('new keys', () => {
  async function openRekeyed() {
    const opened = await openPublished();
    insertJob(opened.db, opened.packageId, { kind: 'rekey' }, [newKey]);
    return { ...opened, job: await opened.claim() };
  }

  it('wait, and are those that the next version is encrypted with', async () => {
    const { job, keys } = await openRekeyed();
    expect(job).toMatchObject({ keys: [newKey], currentKeys: [{ kidHex: 'kid-0' }] });
    expect(job.keys).toHaveLength(1);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });

  it('are used from the version on that is published; viewers of the older one keep theirs', async () => {
    const { queue, job, keys, claim, db, packageId } = await openRekeyed();
    await queue.publish(job, { version: sampleVersion(2) });
    await queue.complete(job);
    expect(keys()).toEqual(['kid-0 older', 'kid-new used']);
    insertJob(db, packageId, { kind: 'rekey' }, [{ ...newKey, kidHex: 'kid-newer' }]);
    await queue.publish(await claim(), { version: sampleVersion(3) });
    expect(keys()).toEqual(['kid-0 older', 'kid-new older', 'kid-newer used']);
  });

  it('are dropped when no version came of them', async () => {
    const { queue, job, keys } = await openRekeyed();
    await queue.fail(job, failure);
    expect(keys()).toEqual(['kid-0 used']);
  });

  it('go on waiting when the work is given back, or its worker died', async () => {
    const { db, queue, job, keys, claim } = await openRekeyed();
    await queue.release(job);
    const second = await claim();
    expireLease(db, second.id);
    expect(await claim()).toMatchObject({ attempt: 3, keys: [newKey] });
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });

  it('are left alone by a worker that lost its claim', async () => {
    const { db, queue, job, keys, claim } = await openRekeyed();
    expireLease(db, job.id);
    await claim();
    expect(await queue.fail(job, failure)).toBe(false);
    expect(await queue.publish(job, { version: sampleVersion(2) })).toBe(false);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
  });
});

describe('work of other kinds leaves new keys alone', () => {
  async function openBehindTexts() {
    const opened = await openPublished();
    insertJob(opened.db, opened.packageId, { kind: 'refresh-texts' });
    insertJob(opened.db, opened.packageId, { kind: 'rekey' }, [newKey]);
    return { ...opened, job: await opened.claim() };
  }

  it('texts go into a version of the keys that are in use', async () => {
    const { queue, job, keys, claim } = await openBehindTexts();
    expect(job).toMatchObject({ task: { kind: 'refresh-texts' }, keys: [{ kidHex: 'kid-0' }] });
    await queue.publish(job, { version: sampleVersion(2) });
    await queue.complete(job);
    expect(keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    expect(await claim()).toMatchObject({ task: { kind: 'rekey' }, keys: [newKey] });
  });

  it('texts that fail do not take the keys along', async () => {
    const { queue, job, claim } = await openBehindTexts();
    await queue.fail(job, failure);
    expect((await claim()).keys).toMatchObject([newKey]);
  });

  it('they go when all is canceled', async () => {
    const { db, queue, job, packageId, keys } = await openBehindTexts();
    cancelJobs(db, packageId);
    expect(await queue.endCanceled(job)).toBe(true);
    expect(keys()).toEqual(['kid-0 used']);
  });
});
