import { deletePackage as deleteRow } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { packageKey } from '@/lib/storage/keys';
import { requirePackage } from './get-package';

/**
 * Deletes a package with its job, keys, versions and files. A worker that processes it finds its job gone and
 * stops.
 * @throws AppError `package-not-found`
 */
export async function deletePackage(acting: Acting, id: number): Promise<void> {
  const { package: row } = requirePackage(acting, id);
  deleteRow(acting.db, id);
  await acting.store.remove(packageKey(row.mediaId));
}
