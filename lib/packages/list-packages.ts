import { listPackages as selectPackages } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { type Page, type PageRequest, pageOf } from '@/lib/http/page';
import { type PackageView, packageView } from './package-view';

/** A page of packages, newest first. */
export function listPackages(acting: Acting, { limit, before }: PageRequest): Page<PackageView> {
  const rows = selectPackages(acting.db, { limit: limit + 1, before });
  const { items, nextCursor } = pageOf(
    rows.map((record) => ({ ...record, id: record.package.id })),
    limit,
  );
  return { items: items.map(packageView), nextCursor };
}
