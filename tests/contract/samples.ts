import { onTestFinished, vi } from 'vitest';
import type { PackagingJob } from '@/lib/jobs/queue';
import type { NewVideo } from '@/lib/ledger/records';
import { sampleVersion } from '@/tests/harness/sample-database';
import { sampleProbe } from '@/tests/harness/sample-probe';
import type { Adapter, OpenAdapter } from './adapters';

export const newKey = { label: 'all' as const, kidHex: 'kid-new', wrappedKey: 'wrapped-new' };
export const failure = { code: 'encode-failed', message: 'Export it again.' };

/** An uploaded video, with what a test changes about it. */
export const sampleUpload = (changes: Partial<NewVideo> = {}): NewVideo => ({
  name: 'a.mp4',
  title: 'a',
  storageKey: 'uploads/a.mp4',
  sizeBytes: 7,
  durationSeconds: 10,
  probe: sampleProbe(),
  ...changes,
});

let packages = 0;

/** Adds packages of a video, each with its key; returns their ids. */
export async function addPackages({ ledger }: Adapter, videoId: number, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < count; i += 1) {
    packages += 1;
    const row = { videoId, mediaId: `media-${packages}`, scheme: 'cbcs' as const };
    const id = await ledger.addPackage(row, [{ label: 'all', kidHex: 'kid-0', wrappedKey: 'wrapped-0' }]);
    if (id === undefined) throw new Error('There is no such video.');
    ids.push(id);
  }
  return ids;
}

/** Everything that the ports show of a package and of all others. */
async function everythingOf({ ledger, queue }: Adapter, packageId: number) {
  return {
    record: await ledger.findPackage(packageId),
    tasks: await queue.tasksOf(packageId),
    all: await ledger.everything(),
    storeKeys: await ledger.storeKeys(),
    superseded: await ledger.supersededVersions(new Date(Date.now() + 60_000)),
  };
}

/** An adapter with a video whose packages wait. `id` is the first of them. */
export async function openWaiting(open: OpenAdapter, count = 1) {
  const adapter = open();
  const { ledger, queue } = adapter;
  const { id: videoId } = await ledger.addVideo(sampleUpload());
  const ids = await addPackages(adapter, videoId, count);
  const [id = 0] = ids;
  const claim = async (): Promise<PackagingJob> => {
    const job = await queue.claim('worker');
    if (!job) throw new Error('There was no job to claim.');
    return job;
  };
  const recordOf = async (packageId: number) => {
    const found = await ledger.findPackage(packageId);
    if (!found) throw new Error(`There is no package ${packageId}.`);
    return found;
  };
  const numbers = async () => {
    const { packages } = await ledger.storeKeys();
    return packages.flatMap(({ folders }) => folders).filter((folder) => folder.startsWith('v'));
  };
  return {
    ...{ ...adapter, videoId, ids, id, claim },
    /** The package's own row, and those of its keys. */
    row: async (packageId = id) => (await recordOf(packageId)).package,
    record: async (packageId = id) => recordOf(packageId),
    keys: async () => (await recordOf(id)).keys.map(({ kidHex, state }) => `${kidHex} ${state}`),
    tasks: async (packageId = id) => (await queue.tasksOf(packageId)).map(({ kind }) => kind),
    see: () => everythingOf(adapter, id),
    /** The folders of all versions. */
    folders: numbers,
  };
}

/** As openWaiting, with the first job claimed. */
export async function openClaimed(open: OpenAdapter, count = 1) {
  const opened = await openWaiting(open, count);
  return { ...opened, job: await opened.claim() };
}

/** As openWaiting, with the first version of the first package published, and its work done. */
export async function openPublished(open: OpenAdapter) {
  const { job, ...opened } = await openClaimed(open);
  await opened.ledger.publish(job, { version: sampleVersion(1) });
  await opened.queue.complete(job);
  return opened;
}

/** Sets the clock forward, for the rest of the test. */
export function passSeconds(seconds: number): void {
  const now = Date.now() + seconds * 1000;
  vi.useFakeTimers({ toFake: ['Date'], now });
  onTestFinished(() => void vi.useRealTimers());
}

/** Longer than a lease. */
export const leaseSeconds = 31;
