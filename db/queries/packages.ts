import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../client';
import { contentKeys, jobs, packages, texts, versions, videos } from '../schema';
import { listWaitingJobs, type WaitingJob } from './jobs';

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
  /** Its work that has not started. */
  waiting: WaitingJob | null;
  /** The text tracks that were uploaded for its video. */
  textIds: number[];
}

/**
 * Inserts a package, its wrapped keys and its job in one transaction: no package is inserted without a job.
 */
export function insertPackageWithJob(
  db: Db,
  row: NewPackageRow,
  keys: Pick<ContentKeyRow, 'label' | 'kidHex' | 'wrappedKey'>[],
  priority = 0,
): PackageRow {
  return db.transaction(
    (tx) => {
      const inserted = tx.insert(packages).values(row).returning().get();
      tx.insert(contentKeys)
        .values(keys.map((key) => ({ ...key, packageId: inserted.id })))
        .run();
      tx.insert(jobs).values({ packageId: inserted.id, priority }).run();
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
  return found && withKeysJobsAndTexts(db, [found])[0];
}

/**
 * Adds to each package its wrapped keys, in the order in which they were made, its waiting work, and the text
 * tracks of its video.
 */
export function withKeysJobsAndTexts<Row extends { package: PackageRow }>(db: Db, rows: Row[]) {
  const ids = rows.map((row) => row.package.id);
  const keys = listContentKeysOf(db, ids);
  const waiting = listWaitingJobs(db, ids);
  const ofVideos = inArray(
    texts.videoId,
    rows.map((row) => row.package.videoId),
  );
  const uploaded = db.select({ id: texts.id, videoId: texts.videoId }).from(texts).where(ofVideos).all();
  return rows.map((row) => ({
    ...row,
    keys: keys.filter((key) => key.packageId === row.package.id),
    waiting: waiting.find((job) => job.packageId === row.package.id) ?? null,
    textIds: uploaded.filter((text) => text.videoId === row.package.videoId).map(({ id }) => id),
  }));
}

function listContentKeysOf(db: Db, packageIds: number[]): ContentKeyRow[] {
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

/**
 * Whether a package has this version: the one that is served, or an older one that is kept for its viewers.
 */
export function hasVersion(db: Db, mediaId: string, number: number): boolean {
  const found = statements.get(db) ?? prepareHasVersion(db);
  statements.set(db, found);
  return found.get({ mediaId, number }) !== undefined;
}

// Prepared once: it runs for every segment request.
const statements = new WeakMap<Db, ReturnType<typeof prepareHasVersion>>();

const prepareHasVersion = (db: Db) =>
  db
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(packages, eq(packages.id, versions.packageId))
    .where(
      and(eq(packages.mediaId, sql.placeholder('mediaId')), eq(versions.number, sql.placeholder('number'))),
    )
    .prepare();

/** Newest first; `before` is the id that the last page ended with. */
export function listPackages(db: Db, page: { limit: number; before?: number | undefined }): PackageRecord[] {
  const rows = withVideoAndVersion(db)
    .where(page.before === undefined ? undefined : lt(packages.id, page.before))
    .orderBy(desc(packages.id))
    .limit(page.limit)
    .all();
  return withKeysJobsAndTexts(db, rows);
}

export function deletePackage(db: Db, id: number): void {
  db.delete(packages).where(eq(packages.id, id)).run();
}

/** Whether there is any wrapped key. */
export function hasContentKeys(db: Db): boolean {
  return db.select({ id: contentKeys.id }).from(contentKeys).limit(1).get() !== undefined;
}
