import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import { packageNotFound } from '@/lib/ledger/not-found';
import type { NewKey, PackageRecord } from '@/lib/ledger/records';
import type { JobTask } from '@/lib/media/job-task';
import { type PackageView, packageView } from './package-view';

/** @throws AppError `package-not-found`, and those of authorize */
export const getPackage = async (acting: Acting, id: number): Promise<PackageView> =>
  packageView(await requirePackage(acting, id, 'play'));

/**
 * A package that can be changed, and that the principal may change: it is published, and has no job.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`, and those of authorize
 */
export async function requireEditable(acting: Acting, id: number): Promise<PackageRecord> {
  const record = await requirePackage(acting, id, 'package.write');
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
  return requirePackage(acting, id, 'package.write');
}
