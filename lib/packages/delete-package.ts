import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { recordEvent } from '@/lib/audit/record-event';
import { packageNotFound } from '@/lib/ledger/not-found';
import { packageKey } from '@/lib/storage/keys';

/**
 * Deletes a package with its job, keys, versions and files. A worker that processes it finds its job gone and
 * stops.
 * @throws AppError `package-not-found`
 */
export async function deletePackage(acting: Acting, id: number): Promise<void> {
  const { ledger, store } = acting;
  await requirePackage(acting, id, 'package.write');
  const mediaId = (await ledger.removePackage(id)) ?? packageNotFound(id);
  await store.remove(packageKey(mediaId));
  await recordEvent(acting, 'package-delete', { target: `package:${id}` });
}
