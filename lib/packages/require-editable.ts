import { hasJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { requirePackage } from './get-package';

/**
 * A package that can be changed: it is published, and has no job.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`
 */
export function requireEditable(acting: Acting, id: number): PackageRecord {
  const record = requirePackage(acting, id);
  if (!record.version)
    throw new AppError('package-not-ready', `Package ${id} is not ready yet; change it when it is.`);
  if (hasJob(acting.db, id)) {
    throw new AppError('package-busy', `Package ${id} is being worked on; try again when it is ready.`);
  }
  return record;
}
