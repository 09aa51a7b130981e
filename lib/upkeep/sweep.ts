import { deleteVersion, listSupersededVersions, retireKeys } from '@/db/queries/upkeep';
import type { Context } from '@/lib/context';
import { versionKey } from '@/lib/storage/keys';
import { findOrphans, holdsDownload } from './find-orphans';
import { removeOrphans } from './remove-orphans';

/** A viewer who began with an older version goes on with it for this long. */
const graceMilliseconds = 24 * 3_600_000;

export interface Swept {
  versions: number;
  orphans: number;
}

/**
 * Removes versions that were superseded a day ago, with the keys that only they use, and what no row speaks of. `before` spares what was put later: it may
 * be about to get its row.
 */
export async function sweep(
  { db, store }: Pick<Context, 'db' | 'store'>,
  { before, now = new Date() }: { before: Date; now?: Date },
): Promise<Swept> {
  let versions = 0;
  for (const old of listSupersededVersions(db, new Date(now.getTime() - graceMilliseconds))) {
    if (holdsDownload(old.number, old.downloadFolder)) continue;
    // The row first: a folder without a row is swept the next time.
    deleteVersion(db, old.id);
    await store.remove(versionKey(old.mediaId, old.number));
    versions += 1;
  }
  retireKeys(db);
  const orphans = (await findOrphans({ db, store })).filter(({ storedAt }) => storedAt < before);
  const removed = await removeOrphans(
    { db, store },
    orphans.map(({ key }) => key),
    before,
  );
  return { versions, orphans: removed };
}
