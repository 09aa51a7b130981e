import { expect, it } from 'vitest';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView } from '@/lib/packages/package-view';
import { prioritizePackage } from '@/lib/packages/prioritize-package';
import { retryPackage } from '@/lib/packages/retry-package';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { insertJobs, sampleVersion, stored } from '@/tests/harness/sample-database';

function open(count = 1) {
  const context = sampleContext();
  const [id = 0] = insertJobs(context.db, count);
  return { context, id, ledger: context.ledger, queue: context.queue };
}

it('a waiting package can be canceled and retried', async () => {
  const { context, id } = open();
  expect((await cancelPackage(context, id)).package.status).toBe('canceled');
  await expect(cancelPackage(context, id)).rejects.toMatchObject({ code: 'nothing-to-cancel' });
  expect((await retryPackage(context, id)).package.status).toBe('queued');
  expect(stored(context.db, id).job?.task).toEqual({ kind: 'package' });
  await expect(retryPackage(context, id)).rejects.toMatchObject({ code: 'nothing-to-retry' });
});

it('a failed package can be retried with the keys that it had', async () => {
  const { context, id, queue } = open();
  const job = await claimJob(context);
  await queue.fail(job, { code: 'disk-full', message: 'The disk is full.' });
  const record = await retryPackage(context, id);
  expect(record.package).toMatchObject({ status: 'queued', errorCode: null, progress: 0 });
  expect((await claimJob(context)).keys).toEqual(job.keys);
});

it('a ready package can neither be retried nor moved', async () => {
  const { context, id, ledger, queue } = open();
  const job = await claimJob(context);
  await ledger.publish(job, { version: sampleVersion(1) });
  await queue.complete(job);
  await expect(retryPackage(context, id)).rejects.toMatchObject({ code: 'nothing-to-retry' });
  await expect(prioritizePackage(context, id, 'high')).rejects.toMatchObject({ code: 'package-not-waiting' });
});

it('a waiting package can be moved forward, and shows its place', async () => {
  const { context, id } = open(3);
  const last = id + 2;
  expect(packageView(await prioritizePackage(context, last, 'normal')).waiting).toMatchObject({ place: 3 });
  expect(packageView(await prioritizePackage(context, last, 'high')).waiting).toMatchObject({
    place: 1,
    priority: 'high',
  });
});
