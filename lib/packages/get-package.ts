import { findPackage, type PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';

/** @throws AppError `package-not-found` */
export function requirePackage(acting: Acting, id: number): PackageRecord {
  const record = findPackage(acting.db, id);
  if (!record) throw new AppError('package-not-found', `There is no package ${id}.`, { field: 'id' });
  return record;
}
