import { hasJob, insertJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import type { JobTask } from '@/lib/media/job-task';
import { requirePackage } from './get-package';
import { areTextsBehind } from './texts-behind';

/**
 * Requests a failed or canceled package again; published parts are not made again. For a ready package, it
 * requests the missing text tracks, where the work on them failed or was canceled.
 * @throws AppError `package-not-found`, `nothing-to-retry`
 */
export function retryPackage(acting: Acting, id: number): PackageRecord {
  const record = requirePackage(acting, id);
  const task = hasJob(acting.db, id) ? null : taskToRetry(record);
  if (!task) {
    const { status } = record.package;
    throw new AppError('nothing-to-retry', `Package ${id} is ${status}; there is nothing to try again.`);
  }
  insertJob(acting.db, id, task);
  acting.events.wakeWorkers();
  return requirePackage(acting, id);
}

function taskToRetry(record: PackageRecord): JobTask | null {
  const { status } = record.package;
  if (status === 'failed' || status === 'canceled') return { kind: 'package' };
  return areTextsBehind(record) ? { kind: 'refresh-texts' } : null;
}
