import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';
import type { JobTask } from '@/lib/media/job-task';
import { areTextsBehind } from './texts-behind';

/**
 * Requests a failed or canceled package again; published parts are not made again. For a ready package, it
 * requests the missing text tracks, where the work on them failed or was canceled.
 * @throws AppError `package-not-found`, `nothing-to-retry`
 */
export async function retryPackage(acting: Acting, id: number): Promise<PackageRecord> {
  const record = await requirePackage(acting, id, 'package.write');
  const task = taskToRetry(record);
  if (!task || (await acting.ledger.request(id, task, { ifIdle: true })) !== 'requested') {
    const { status } = record.package;
    throw new AppError('nothing-to-retry', `Package ${id} is ${status}; there is nothing to try again.`);
  }
  return requirePackage(acting, id, 'package.write');
}

function taskToRetry(record: PackageRecord): JobTask | null {
  const { status } = record.package;
  if (status === 'failed' || status === 'canceled') return { kind: 'package' };
  return areTextsBehind(record) ? { kind: 'refresh-texts' } : null;
}
