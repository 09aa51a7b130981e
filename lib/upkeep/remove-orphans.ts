import type { Context } from '@/lib/context';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey } from '@/lib/storage/keys';
import { isKnown, isOrphan } from './find-orphans';

/**
 * Removes orphans that are still ones, each asked about right before: to remove those ahead of it may take seconds, and
 * meanwhile an upload that was resumed may have got its row, or a worker may have put a version in the place of one that
 * was never finished, and be about to write its row. Gives how many.
 * @param before what was put later is spared
 */
export async function removeOrphans(
  context: Pick<Context, 'db' | 'store'>,
  keys: string[],
  before: Date,
): Promise<number> {
  let removed = 0;
  for (const key of keys) {
    if (!(await isOrphan(context, key, before))) continue;
    await context.store.remove(key);
    await removeEmptyPackage(context, key);
    removed += 1;
  }
  return removed;
}

/** A package's folder goes with the last thing in it, unless the package is there and may publish into it. */
async function removeEmptyPackage({ db, store }: Pick<Context, 'db' | 'store'>, key: string): Promise<void> {
  const [parent, mediaId = ''] = key.split('/');
  if (parent !== storeFolders.packages) return;
  const folder = packageKey(mediaId);
  if ((await store.list(folder)).length === 0 && !isKnown(db, folder)) await store.remove(folder);
}
