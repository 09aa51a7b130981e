import { hasJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { requirePackage } from './get-package';

/**
 * A package that can be changed: it is published, and has no job.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`
 */
export function requireEditable(context: Context, id: number): PackageRecord {
  const record = requirePackage(context, id);
  if (!record.version)
    throw new AppError('package-not-ready', `Package ${id} is not ready yet; change it when it is.`);
  if (hasJob(context.db, id)) {
    throw new AppError('package-busy', `Package ${id} is being worked on; try again when it is ready.`);
  }
  return record;
}
