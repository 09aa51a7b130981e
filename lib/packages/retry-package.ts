import { hasJob, insertJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { wakeWorkers } from '@/lib/jobs/wake';
import { requirePackage } from './get-package';

/**
 * Asks once more for a package that failed or was canceled; what of it is published is not made again.
 * @throws AppError `package-not-found`, `nothing-to-retry`
 */
export function retryPackage(context: Context, id: number): PackageRecord {
  const { package: row } = requirePackage(context, id);
  if ((row.status !== 'failed' && row.status !== 'canceled') || hasJob(context.db, id))
    throw new AppError('nothing-to-retry', `Package ${id} is ${row.status}; there is nothing to try again.`);
  insertJob(context.db, id, { kind: 'package' });
  wakeWorkers();
  return requirePackage(context, id);
}
