import { deletePackage as deleteRow } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { packageKey } from '@/lib/storage/keys';
import { requirePackage } from './get-package';

/**
 * Deletes a package with its job, keys, versions and files. A worker that processes it finds its job gone and
 * stops.
 * @throws AppError `package-not-found`
 */
export async function deletePackage(context: Context, id: number): Promise<void> {
  const { package: row } = requirePackage(context, id);
  deleteRow(context.db, id);
  await context.store.remove(packageKey(row.mediaId));
}
