import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';

/**
 * Cancels the work on a package: waiting jobs end at once, a running one ends as soon as its worker notices.
 * Published versions stay.
 * @throws AppError `package-not-found`, `nothing-to-cancel`
 */
export async function cancelPackage(acting: Acting, id: number): Promise<PackageRecord> {
  const { package: row } = await requirePackage(acting, id, 'package.write');
  if (!(await acting.queue.cancel(id)))
    throw new AppError('nothing-to-cancel', `Package ${id} is ${row.status}; there is no work to cancel.`);
  return requirePackage(acting, id, 'package.write');
}
