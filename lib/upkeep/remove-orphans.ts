import type { Context } from '@/lib/context';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey } from '@/lib/storage/keys';
import { findOrphans } from './find-orphans';

/**
 * Removes orphans that are still ones: meanwhile an upload that was resumed may have got its row, or a worker may have put
 * a version in the place of one that was never finished, and be about to write its row. Gives how many.
 * @param before what was put later is spared
 */
export async function removeOrphans(
  context: Pick<Context, 'db' | 'store'>,
  keys: string[],
  before = new Date(),
): Promise<number> {
  if (keys.length === 0) return 0;
  const { store } = context;
  const found = (await findOrphans(context)).filter(({ storedAt }) => storedAt < before);
  const still = new Set(found.map(({ key }) => key));
  const orphans = keys.filter((key) => still.has(key));
  for (const key of orphans) {
    await store.remove(key);
    // A package's folder goes with the last thing in it.
    const [parent, mediaId = ''] = key.split('/');
    if (parent === storeFolders.packages && (await store.list(packageKey(mediaId))).length === 0)
      await store.remove(packageKey(mediaId));
  }
  return orphans.length;
}
