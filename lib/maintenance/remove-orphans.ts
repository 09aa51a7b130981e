import type { App } from '@/lib/app/app';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey } from '@/lib/storage/keys';
import { isKnown, isOrphan } from './find-orphans';

/**
 * Removes orphans, each checked again right before: removing earlier ones may take seconds, and meanwhile a
 * resumed upload may have got its row, or a worker may have stored a version in the place of an unfinished
 * one and be about to write its row. Returns the number removed.
 * @param before files stored later are skipped
 */
export async function removeOrphans(
  context: Pick<App, 'ledger' | 'store'>,
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

/** Removes a package's folder once it is empty, unless the package exists and may publish into it. */
async function removeEmptyPackage(
  { ledger, store }: Pick<App, 'ledger' | 'store'>,
  key: string,
): Promise<void> {
  const [parent, mediaId = ''] = key.split('/');
  if (parent !== storeFolders.packages) return;
  const folder = packageKey(mediaId);
  if ((await store.list(folder)).length === 0 && !(await isKnown(ledger, folder))) await store.remove(folder);
}
