import path from 'node:path';
import { expect, it } from 'vitest';
import { requestPackage } from '@/lib/packages/request-package';
import { doJob } from '@/lib/packaging/workflows/do-job';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import { clip } from '../fixtures/clips';
import { folderOf, meansOf, openPipeline, upload, workToEnd } from '../harness/pipeline';
import { claimJob } from '../harness/sample-context';
import { expireLease } from '../harness/sample-database';
import { listFindings } from '../harness/storage-checks';
import { filesBelow } from '../harness/temp-folder';

/** A store into which nothing more is stored before `wake` is called, as on a machine that sleeps. */
function sleepingStore(store: ArtifactStore) {
  let wake = () => {};
  let fallAsleep = () => {};
  const awake = new Promise<void>((resolve) => (wake = resolve));
  const asleep = new Promise<void>((resolve) => (fallAsleep = resolve));
  const commit: ArtifactStore['commit'] = async (...given) => {
    fallAsleep();
    await awake;
    await store.commit(...given);
  };
  return { store: { ...store, commit }, asleep, wake };
}

it('a worker that wakes up after the next one has done its job touches nothing of it', async () => {
  const context = await openPipeline();
  const { id: videoId } = await upload(context, clip('audio.mp4'));
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id } = (await requestPackage(context, videoId, options)).package;
  const job = await claimJob(context);
  const { store, asleep, wake } = sleepingStore(context.store);
  const work = doJob(job, meansOf({ ...context, store }), new AbortController().signal);
  const outcome = work.catch((error) => error);
  await asleep;
  expireLease(context.db, job.id);
  const record = await workToEnd(context, id);
  wake();
  expect(await outcome).toEqual(new Error('The job was taken away.'));
  expect(record.package).toMatchObject({ status: 'ready', currentVersion: 1 });
  // By their checksums, all files are those of the second attempt; those of the first are gone.
  expect(await listFindings(context)).toEqual([]);
  const folders = (await filesBelow(path.dirname(folderOf(context, record)))).map(path.dirname);
  expect([...new Set(folders)].toSorted()).toEqual(['download-1-job1-2', 'v1-job1-2']);
});
