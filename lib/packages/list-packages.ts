import { visible } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { type Page, type PageRequest, pageOf } from '@/lib/http/page';
import { type PackageView, packageView } from './package-view';

/** A page of packages, newest first. */
export async function listPackages(
  acting: Acting,
  { limit, before }: PageRequest,
): Promise<Page<PackageView>> {
  const rows = await acting.ledger.listPackages({ limit: limit + 1, before, ...visible(acting) });
  const { items, nextCursor } = pageOf(
    rows.map((record) => ({ ...record, id: record.package.id })),
    limit,
  );
  return { items: items.map(packageView), nextCursor };
}
