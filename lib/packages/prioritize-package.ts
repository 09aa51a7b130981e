import { setPriority } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { type Priority, priorityNumber } from '@/lib/media/priority';
import { requirePackage } from './get-package';

/**
 * Moves the waiting work on a package forward or back in the queue; running work continues.
 * @throws AppError `package-not-found`, `package-not-waiting`
 */
export function prioritizePackage(acting: Acting, id: number, priority: Priority): PackageRecord {
  const { package: row } = requirePackage(acting, id);
  if (!setPriority(acting.db, id, priorityNumber(priority)))
    throw new AppError(
      'package-not-waiting',
      `Package ${id} is ${row.status}; no work on it is waiting or running.`,
    );
  return requirePackage(acting, id);
}
