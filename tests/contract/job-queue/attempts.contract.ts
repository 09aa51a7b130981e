import { describe, expect, it } from 'vitest';
import { freeAllLeases } from '@/db/repositories/claim-job';
import { cancelJobs, insertJob, listWaitingJobs, setPriority } from '@/db/repositories/jobs';
import { sqliteQueue } from '@/db/sqlite-queue';
import {
  expireLease,
  insertJobs,
  sampleDatabase,
  sampleVersion,
  skipBackoff,
  stored,
} from '@/tests/support/sample-database';

function open(count = 1) {
  const db = sampleDatabase();
  const ids = insertJobs(db, count);
  return { db, ids, id: ids[0] ?? 0, queue: sqliteQueue(db) };
}

const failure = { code: 'internal', message: 'It broke.' };

describe('attempts', () => {
  it('after a transient fault wait, and are counted', async () => {
    const { db, id, queue } = open();
    const job = await queue.claim('test');
    if (!job) throw new Error('No job.');
    expect(await queue.postpone(job, failure, 60)).toBe(true);
    expect(await queue.claim('test')).toBeNull();
    expect(stored(db, id).package).toMatchObject({ status: 'queued', errorCode: 'internal' });
    skipBackoff(db);
    expect(await queue.claim('test')).toMatchObject({ attempt: 2, failures: 1 });
  });

  it('that were given back are not counted', async () => {
    const { queue } = open();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const job = await queue.claim('test');
      expect(job).toMatchObject({ attempt, failures: 0 });
      if (job) await queue.release(job);
    }
  });

  it.each([
    ['whose lease ran out', (db: ReturnType<typeof sampleDatabase>) => expireLease(db, 1)],
    ['that died with the server', (db: ReturnType<typeof sampleDatabase>) => freeAllLeases(db)],
  ])('%s are limited to three; then the package fails with the reason', async (_, die) => {
    const { db, id, queue } = open();
    for (const failures of [0, 1, 2]) {
      expect(await queue.claim('test')).toMatchObject({ failures });
      die(db);
    }
    expect(await queue.claim('test')).toBeNull();
    expect(stored(db, id)).toMatchObject({
      package: { status: 'failed', errorCode: 'attempts-exhausted' },
      job: undefined,
    });
  });
});

describe('the order', () => {
  it('is by priority, then by age', async () => {
    const { db, ids, queue } = open(3);
    setPriority(db, ids[2] ?? 0, 1);
    setPriority(db, ids[0] ?? 0, -1);
    const taken = [await queue.claim('test'), await queue.claim('test'), await queue.claim('test')];
    expect(taken.map((job) => job?.packageId)).toEqual([ids[2], ids[1], ids[0]]);
  });

  it('is reported for each waiting job', async () => {
    const { db, ids, queue } = open(4);
    await queue.claim('test');
    setPriority(db, ids[3] ?? 0, 1);
    expect(
      listWaitingJobs(db, ids).map(({ packageId, ahead, running }) => [packageId, ahead, running]),
    ).toEqual([
      [ids[1], 1, 1],
      [ids[2], 2, 1],
      [ids[3], 0, 1],
    ]);
  });
});

describe('canceling', () => {
  it('ends a waiting job at once', () => {
    const { db, id } = open();
    expect(cancelJobs(db, id)).toBe(true);
    expect(stored(db, id)).toMatchObject({ package: { status: 'canceled', stage: null }, job: undefined });
    expect(cancelJobs(db, id)).toBe(false);
  });

  it('stops every write of the worker on the job, and lets it end the job', async () => {
    const { db, id, queue } = open();
    const job = await queue.claim('test');
    if (!job) throw new Error('No job.');
    cancelJobs(db, id);
    expect(stored(db, id).package).toMatchObject({ status: 'processing' });
    expect(await queue.heartbeat(job)).toBe(false);
    expect(await queue.publish(job, { version: sampleVersion(1) })).toBe(false);
    expect(await queue.endCanceled(job)).toBe(true);
    expect(stored(db, id)).toMatchObject({ package: { status: 'canceled' }, versions: [], job: undefined });
  });

  it('a change leaves the package ready, and drops the new keys', async () => {
    const { db, id, queue } = open();
    const job = await queue.claim('test');
    if (!job) throw new Error('No job.');
    await queue.publish(job, { version: sampleVersion(1) });
    await queue.complete(job);
    insertJob(db, id, { kind: 'rekey' }, [{ label: 'all', kidHex: 'new', wrappedKey: 'new' }]);
    expect(stored(db, id).keys).toHaveLength(2);
    cancelJobs(db, id);
    expect(stored(db, id)).toMatchObject({
      package: { status: 'ready', currentVersion: 1 },
      keys: [{ kidHex: 'kid-0' }],
      job: undefined,
    });
  });

  it('ends all jobs of a package', async () => {
    const { db, id, queue } = open();
    const job = await queue.claim('test');
    if (!job) throw new Error('No job.');
    insertJob(db, id, { kind: 'refresh-texts' });
    cancelJobs(db, id);
    await queue.endCanceled(job);
    expect(await queue.claim('test')).toBeNull();
    expect(stored(db, id)).toMatchObject({ package: { status: 'canceled' }, job: undefined });
  });
});
