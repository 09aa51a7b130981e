import { cancelJobs } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { tellCancel } from '@/lib/jobs/wake';
import { requirePackage } from './get-package';

/**
 * Calls off the work on a package: what waits ends at once, what runs ends as soon as its worker hears of it. What is
 * published stays.
 * @throws AppError `package-not-found`, `nothing-to-cancel`
 */
export function cancelPackage(context: Context, id: number): PackageRecord {
  const { package: row } = requirePackage(context, id);
  if (!cancelJobs(context.db, id))
    throw new AppError('nothing-to-cancel', `Package ${id} is ${row.status}; there is no work to cancel.`);
  tellCancel();
  return requirePackage(context, id);
}
