import type { App } from '@/lib/app/app';
import { publishedKey } from '@/lib/storage/keys';
import { findOrphans } from './find-orphans';
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
  { ledger, store }: Pick<App, 'ledger' | 'store'>,
  { before, now = new Date() }: { before: Date; now?: Date },
): Promise<Swept> {
  let versions = 0;
  for (const old of await ledger.supersededVersions(new Date(now.getTime() - graceMilliseconds))) {
    // Older Cenclave versions kept the download in a version's folder.
    if (old.folder === old.downloadFolder) continue;
    // The row first: a folder without a row is removed by the next sweep.
    await ledger.removeVersion(old.id);
    await store.remove(publishedKey(old.mediaId, old.folder));
    versions += 1;
  }
  await ledger.retireKeys();
  const orphans = (await findOrphans({ ledger, store })).filter(({ storedAt }) => storedAt < before);
  const removed = await removeOrphans(
    { ledger, store },
    orphans.map(({ key }) => key),
    before,
  );
  return { versions, orphans: removed };
}
