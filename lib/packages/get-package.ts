import { findPackage, type PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';

/** @throws AppError `package-not-found` */
export function requirePackage(context: Context, id: number): PackageRecord {
  const record = findPackage(context.db, id);
  if (!record) throw new AppError('package-not-found', `There is no package ${id}.`, { field: 'id' });
  return record;
}
