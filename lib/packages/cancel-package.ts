import { cancelJobs } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { announceCancel } from '@/lib/jobs/job-events';
import { requirePackage } from './get-package';

/**
 * Cancels the work on a package: waiting jobs end at once, a running one ends as soon as its worker notices.
 * Published versions stay.
 * @throws AppError `package-not-found`, `nothing-to-cancel`
 */
export function cancelPackage(context: Context, id: number): PackageRecord {
  const { package: row } = requirePackage(context, id);
  if (!cancelJobs(context.db, id))
    throw new AppError('nothing-to-cancel', `Package ${id} is ${row.status}; there is no work to cancel.`);
  announceCancel();
  return requirePackage(context, id);
}
