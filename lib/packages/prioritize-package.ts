import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';
import { type Priority, priorityNumber } from '@/lib/media/priority';
import { checkPriority } from './package-quota';

/**
 * Moves the waiting work on a package forward or back in the queue; running work continues.
 * @throws AppError `package-not-found`, `package-not-waiting`, `not-allowed` for high priority
 */
export async function prioritizePackage(
  acting: Acting,
  id: number,
  priority: Priority,
): Promise<PackageRecord> {
  const { package: row } = await requirePackage(acting, id, 'package.write');
  checkPriority(acting, priority);
  if (!(await acting.queue.prioritize(id, priorityNumber(priority))))
    throw new AppError(
      'package-not-waiting',
      `Package ${id} is ${row.status}; no work on it is waiting or running.`,
    );
  return requirePackage(acting, id, 'package.write');
}
