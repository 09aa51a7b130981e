import { cancelJobs } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { requirePackage } from './get-package';

/**
 * Cancels the work on a package: waiting jobs end at once, a running one ends as soon as its worker notices.
 * Published versions stay.
 * @throws AppError `package-not-found`, `nothing-to-cancel`
 */
export function cancelPackage(acting: Acting, id: number): PackageRecord {
  const { package: row } = requirePackage(acting, id);
  if (!cancelJobs(acting.db, id))
    throw new AppError('nothing-to-cancel', `Package ${id} is ${row.status}; there is no work to cancel.`);
  acting.events.announceCancel();
  return requirePackage(acting, id);
}
