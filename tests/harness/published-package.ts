import { sqliteLedger } from '@/db/sqlite/ledger';
import { sqliteQueue } from '@/db/sqlite/queue';
import { JobEvents } from '@/lib/jobs/job-events';
import type { PackagingJob } from '@/lib/jobs/queue';
import { insertJobs, sampleDatabase, sampleVersion, stored } from './sample-database';

export const newKey = { label: 'all' as const, kidHex: 'kid-new', wrappedKey: 'wrapped-new' };

/** A queue with one published package. */
export async function openPublished() {
  const db = sampleDatabase();
  const [packageId = 0] = insertJobs(db, 1);
  const events = new JobEvents();
  const queue = sqliteQueue(db, events);
  const ledger = sqliteLedger(db, events);
  const claim = async (): Promise<PackagingJob> => {
    const job = await queue.claim('test');
    if (!job) throw new Error('There was no job to claim.');
    return job;
  };
  const first = await claim();
  await ledger.publish(first, { version: sampleVersion(1) });
  await queue.complete(first);
  const keys = () => stored(db, packageId).keys.map(({ kidHex, state }) => `${kidHex} ${state}`);
  return { db, queue, ledger, packageId, claim, keys, see: () => stored(db, packageId) };
}
