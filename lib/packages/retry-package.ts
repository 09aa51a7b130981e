import { hasJob, insertJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { wakeWorkers } from '@/lib/jobs/job-events';
import type { JobTask } from '@/lib/media/job-task';
import { requirePackage } from './get-package';
import { areTextsBehind } from './texts-behind';

/**
 * Requests a failed or canceled package again; published parts are not made again. For a ready package, it
 * requests the missing text tracks, where the work on them failed or was canceled.
 * @throws AppError `package-not-found`, `nothing-to-retry`
 */
export function retryPackage(context: Context, id: number): PackageRecord {
  const record = requirePackage(context, id);
  const task = hasJob(context.db, id) ? null : taskToRetry(record);
  if (!task) {
    const { status } = record.package;
    throw new AppError('nothing-to-retry', `Package ${id} is ${status}; there is nothing to try again.`);
  }
  insertJob(context.db, id, task);
  wakeWorkers();
  return requirePackage(context, id);
}

function taskToRetry(record: PackageRecord): JobTask | null {
  const { status } = record.package;
  if (status === 'failed' || status === 'canceled') return { kind: 'package' };
  return areTextsBehind(record) ? { kind: 'refresh-texts' } : null;
}
