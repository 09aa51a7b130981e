import { expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '@/db/sqlite/client';
import { sqliteLedger } from '@/db/sqlite/ledger';
import { sqliteQueue } from '@/db/sqlite/queue';
import { insertJobs, sampleDatabase, sampleVersion } from '@/tests/harness/sample-database';

/** The queue of a worker's process, and the ledger and queue of a server's, on one database. */
function openTwice(count: number) {
  const db = sampleDatabase();
  const other = openDatabase(db.$client.name);
  onTestFinished(() => void other.$client.close());
  const server = { db: other, ledger: sqliteLedger(other), queue: sqliteQueue(other) };
  return { ids: insertJobs(db, count), queue: sqliteQueue(db), ledger: sqliteLedger(db), server };
}

async function claimed(queue: ReturnType<typeof sqliteQueue>) {
  const job = await queue.claim('worker');
  if (!job) throw new Error('There was no job to claim.');
  return job;
}

it('a request of another process wakes idle workers within a second', async () => {
  const { ids, queue, ledger, server } = openTwice(1);
  const job = await claimed(queue);
  await ledger.publish(job, { version: sampleVersion(1) });
  await queue.complete(job);
  const begun = performance.now();
  const waiting = queue.waitForWork(10_000);
  await server.ledger.request(ids[0] ?? 0, { kind: 'rekey' });
  await waiting;
  expect(performance.now() - begun).toBeLessThan(1000);
  expect((await claimed(queue)).task.kind).toBe('rekey');
});

it('an idle worker is not woken by its own writes', async () => {
  const { ids, queue } = openTwice(1);
  const begun = performance.now();
  const waiting = queue.waitForWork(600);
  await queue.prioritize(ids[0] ?? 0, 1);
  await waiting;
  expect(performance.now() - begun).toBeGreaterThan(590);
});

it('a worker learns within a second that another process has canceled its job', async () => {
  const { ids, queue, server } = openTwice(1);
  const job = await claimed(queue);
  const listener = vi.fn();
  const stop = queue.onCancel(listener);
  await server.queue.cancel(ids[0] ?? 0);
  await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 1000, interval: 10 });
  stop();
  expect(await queue.heartbeat(job)).toBe(false);
  expect(await queue.endCanceled(job)).toBe(true);
});

it('a worker is not called for other writes of other processes, nor once it stops listening', async () => {
  const { ids, queue, server } = openTwice(2);
  await claimed(queue);
  const listener = vi.fn();
  const stop = queue.onCancel(listener);
  await server.queue.prioritize(ids[1] ?? 0, 1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  stop();
  await server.queue.cancel(ids[0] ?? 0);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(listener).not.toHaveBeenCalled();
});

it('a worker that listens while its database is closed is left alone', async () => {
  const { server } = openTwice(1);
  const listener = vi.fn();
  const stop = server.queue.onCancel(listener);
  server.db.$client.close();
  await new Promise((resolve) => setTimeout(resolve, 600));
  stop();
  expect(listener).not.toHaveBeenCalled();
});
