import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { packageNotFound } from '@/lib/ledger/not-found';
import type { NewKey, PackageRecord } from '@/lib/ledger/records';
import type { JobTask } from '@/lib/media/job-task';

/** @throws AppError `package-not-found` */
export async function requirePackage({ ledger }: Acting, id: number): Promise<PackageRecord> {
  return (await ledger.findPackage(id)) ?? packageNotFound(id);
}

/**
 * A package that can be changed: it is published, and has no job.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`
 */
export async function requireEditable(acting: Acting, id: number): Promise<PackageRecord> {
  const record = await requirePackage(acting, id);
  if (!record.version)
    throw new AppError('package-not-ready', `Package ${id} is not ready yet; change it when it is.`);
  if ((await acting.queue.tasksOf(id)).length > 0) throw packageBusy(id);
  return record;
}

const packageBusy = (id: number) =>
  new AppError('package-busy', `Package ${id} is being worked on; try again when it is ready.`);

/**
 * Requests a change of a package that has no other work.
 * @throws AppError `package-not-found`, `package-busy`
 */
export async function requestChange(
  acting: Acting,
  id: number,
  task: JobTask,
  newKeys: NewKey[] = [],
): Promise<PackageRecord> {
  const requested = await acting.ledger.request(id, task, { newKeys, ifIdle: true });
  if (requested === 'busy') throw packageBusy(id);
  if (requested === 'not-found') packageNotFound(id);
  return requirePackage(acting, id);
}
