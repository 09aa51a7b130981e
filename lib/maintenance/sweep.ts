import { deleteVersion, listSupersededVersions, retireKeys } from '@/db/queries/maintenance';
import type { App } from '@/lib/app';
import { versionKey } from '@/lib/storage/keys';
import { findOrphans, holdsDownload } from './find-orphans';
import { removeOrphans } from './remove-orphans';

/** Viewers may keep playing a superseded version for this long. */
const graceMilliseconds = 24 * 3_600_000;

export interface Swept {
  versions: number;
  orphans: number;
}

/**
 * Removes versions that were superseded a day ago, with the keys that only they use, and files without a row.
 * Files stored after `before` are skipped: their row may still follow.
 */
export async function sweep(
  { db, store }: Pick<App, 'db' | 'store'>,
  { before, now = new Date() }: { before: Date; now?: Date },
): Promise<Swept> {
  let versions = 0;
  for (const old of listSupersededVersions(db, new Date(now.getTime() - graceMilliseconds))) {
    if (holdsDownload(old.number, old.downloadFolder)) continue;
    // The row first: a folder without a row is removed by the next sweep.
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
