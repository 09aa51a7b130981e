import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Db } from '../client';
import { contentKeys, jobs, packages, versions, videos } from '../schema';

export type PackageRow = typeof packages.$inferSelect;
export type NewPackageRow = typeof packages.$inferInsert;
type VersionRow = typeof versions.$inferSelect;
export type ContentKeyRow = typeof contentKeys.$inferSelect;
type VideoRow = typeof videos.$inferSelect;

/** A package with its video and the version that it serves, if one is published. */
export interface PackageRecord {
  package: PackageRow;
  video: VideoRow;
  version: VersionRow | null;
  keys: ContentKeyRow[];
}

/** Inserts a package, its wrapped keys and its job in one transaction: there is never a package without work. */
export function insertPackageWithJob(
  db: Db,
  row: NewPackageRow,
  keys: Pick<ContentKeyRow, 'label' | 'kidHex' | 'wrappedKey'>[],
): PackageRow {
  return db.transaction(
    (tx) => {
      const inserted = tx.insert(packages).values(row).returning().get();
      tx.insert(contentKeys)
        .values(keys.map((key) => ({ ...key, packageId: inserted.id })))
        .run();
      tx.insert(jobs).values({ packageId: inserted.id }).run();
      return inserted;
    },
    { behavior: 'immediate' },
  );
}

const withVideoAndVersion = (db: Db) =>
  db
    .select({ package: packages, video: videos, version: versions })
    .from(packages)
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .leftJoin(
      versions,
      and(eq(versions.packageId, packages.id), eq(versions.number, packages.currentVersion)),
    );

export function findPackage(db: Db, id: number): PackageRecord | undefined {
  const found = withVideoAndVersion(db).where(eq(packages.id, id)).get();
  return found && { ...found, keys: listContentKeysOf(db, [id]) };
}

/** The wrapped keys of several packages, in the order in which they were made. */
export function listContentKeysOf(db: Db, packageIds: number[]): ContentKeyRow[] {
  return db
    .select()
    .from(contentKeys)
    .where(inArray(contentKeys.packageId, packageIds))
    .orderBy(contentKeys.id)
    .all();
}

export function findPackageByMediaId(db: Db, mediaId: string): PackageRow | undefined {
  return db.select().from(packages).where(eq(packages.mediaId, mediaId)).get();
}

/** Newest first; `before` is the id that the last page ended with. */
export function listPackages(db: Db, page: { limit: number; before?: number | undefined }): PackageRecord[] {
  const rows = withVideoAndVersion(db)
    .where(page.before === undefined ? undefined : lt(packages.id, page.before))
    .orderBy(desc(packages.id))
    .limit(page.limit)
    .all();
  const keys = listContentKeysOf(
    db,
    rows.map((row) => row.package.id),
  );
  return rows.map((row) => ({ ...row, keys: keys.filter((key) => key.packageId === row.package.id) }));
}

export function deletePackage(db: Db, id: number): void {
  db.delete(packages).where(eq(packages.id, id)).run();
}

/** Whether there is any wrapped key. */
export function hasContentKeys(db: Db): boolean {
  return db.select({ id: contentKeys.id }).from(contentKeys).limit(1).get() !== undefined;
}
