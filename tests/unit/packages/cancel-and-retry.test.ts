import { expect, it } from 'vitest';
import { sqliteQueue } from '@/db/sqlite-queue';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView } from '@/lib/packages/package-view';
import { prioritizePackage } from '@/lib/packages/prioritize-package';
import { retryPackage } from '@/lib/packages/retry-package';
import { sampleContext } from '@/tests/support/sample-context';
import { insertJobs, sampleVersion, stored } from '@/tests/support/sample-database';

function open(count = 1) {
  const context = sampleContext();
  const [id = 0] = insertJobs(context.db, count);
  return { context, id, queue: sqliteQueue(context.db, context.events) };
}

it('a waiting package can be canceled and retried', () => {
  const { context, id } = open();
  expect((await cancelPackage(context, id)).package.status).toBe('canceled');
  expect(() => cancelPackage(context, id)).toThrow(expect.objectContaining({ code: 'nothing-to-cancel' }));
  expect((await retryPackage(context, id)).package.status).toBe('queued');
  expect(stored(context.db, id).job?.task).toEqual({ kind: 'package' });
  expect(() => retryPackage(context, id)).toThrow(expect.objectContaining({ code: 'nothing-to-retry' }));
});

it('a failed package can be retried with the keys that it had', async () => {
  const { context, id, queue } = open();
  const job = await queue.claim('test');
  if (!job) throw new Error('No job.');
  await queue.fail(job, { code: 'disk-full', message: 'The disk is full.' });
  const record = await retryPackage(context, id);
  expect(record.package).toMatchObject({ status: 'queued', errorCode: null, progress: 0 });
  expect((await queue.claim('test'))?.keys).toEqual(job.keys);
});

it('a ready package can neither be retried nor moved', async () => {
  const { context, id, queue } = open();
  const job = await queue.claim('test');
  if (!job) throw new Error('No job.');
  await queue.publish(job, { version: sampleVersion(1) });
  await queue.complete(job);
  expect(() => retryPackage(context, id)).toThrow(expect.objectContaining({ code: 'nothing-to-retry' }));
  expect(() => prioritizePackage(context, id, 'high')).toThrow(
    expect.objectContaining({ code: 'package-not-waiting' }),
  );
});

it('a waiting package can be moved forward, and shows its place', () => {
  const { context, id } = open(3);
  const last = id + 2;
  expect(packageView(await prioritizePackage(context, last, 'normal')).waiting).toMatchObject({ place: 3 });
  expect(packageView(await prioritizePackage(context, last, 'high')).waiting).toMatchObject({
    place: 1,
    priority: 'high',
  });
});
