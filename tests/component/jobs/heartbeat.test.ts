import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sqliteQueue } from '@/db/sqlite/queue';
import { startWorker, type Work, type Worker } from '@/lib/jobs/worker';
import { expireLease, insertJobs, sampleDatabase, stored } from '@/tests/harness/sample-database';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => vi.useRealTimers());

/** A worker in the middle of a job, which lasts until `end` is called or its signal fires. */
async function openWorking() {
  const db = sampleDatabase();
  const [id = 0] = insertJobs(db, 1);
  const queue = sqliteQueue(db);
  const heartbeat = vi.fn(queue.heartbeat);
  let end = () => {};
  let worker: Worker | undefined;
  const signal = await new Promise<AbortSignal>((resolve) => {
    const work: Work = (_, given) => {
      resolve(given);
      return new Promise<void>((done, failed) => {
        end = done;
        given.addEventListener('abort', () => failed(given.reason));
      });
    };
    worker = startWorker({ ...queue, heartbeat }, work);
  });
  return { db, id, queue, heartbeat, signal, end, stop: async () => worker?.stop() };
}

describe('a heartbeat', () => {
  it('comes every 5 s while the work lasts, and not after', async () => {
    const { db, id, heartbeat, stop, end } = await openWorking();
    vi.advanceTimersByTime(4999);
    expect(heartbeat).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(heartbeat).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(heartbeat).toHaveBeenCalledTimes(13);
    end();
    await expect.poll(() => stored(db, id).job).toBeUndefined();
    await stop();
    vi.advanceTimersByTime(60_000);
    expect(heartbeat).toHaveBeenCalledTimes(13);
  });

  it('keeps other workers from claiming the job', async () => {
    const { db, id, queue, stop } = await openWorking();
    expireLease(db, id);
    vi.advanceTimersByTime(5000);
    expect(await queue.claim('test')).toBeNull();
    expect(stored(db, id).job).toMatchObject({ attempt: 1, failures: 0 });
    await stop();
  });

  it('ends the work when another worker has taken the job, and changes nothing', async () => {
    const { db, id, queue, stop, signal } = await openWorking();
    expireLease(db, id);
    await queue.claim('test');
    const before = stored(db, id);
    vi.advanceTimersByTime(5000);
    await expect.poll(() => signal.reason).toEqual(new Error('The job was taken away.'));
    await stop();
    expect(stored(db, id)).toEqual(before);
  });

  it('that fails is made up for by the next one', async () => {
    const { db, id, heartbeat, stop, signal } = await openWorking();
    heartbeat.mockRejectedValueOnce(new Error('database is locked'));
    expireLease(db, id);
    vi.advanceTimersByTime(5000);
    expect(stored(db, id).job?.leaseExpiresAt?.getTime()).toBeLessThan(Date.now());
    vi.advanceTimersByTime(5000);
    expect(stored(db, id).job?.leaseExpiresAt?.getTime()).toBeGreaterThan(Date.now());
    expect(signal.aborted).toBe(false);
    await stop();
  });
});
