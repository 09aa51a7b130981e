import { and, count, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { PageRequest, ServedVersion } from '@/lib/ledger/ledger';
import type { KeyRecord, NewKey, NewPackage, PackageRecord } from '@/lib/ledger/records';
import type { Db } from './client';
import { listWaitingJobs } from './jobs';
import { type Tx, writing } from './life';
import { contentKeys, jobs, packages, texts, versions, videos } from './schema';

/** Inserts a package, its wrapped keys and its job: see Ledger.addPackage. */
export function insertPackage(db: Db, row: NewPackage, keys: NewKey[], priority = 0): number | undefined {
  return writing(db, (tx) => {
    const video = tx.select({ id: videos.id }).from(videos).where(eq(videos.id, row.videoId)).get();
    if (!video) return undefined;
    const { id: packageId } = tx.insert(packages).values(row).returning({ id: packages.id }).get();
    tx.insert(contentKeys)
      .values(keys.map((key) => ({ ...key, packageId })))
      .run();
    tx.insert(jobs).values({ packageId, priority }).run();
    return packageId;
  });
}

/** Which videos a page may show. */
export const isVisible = ({ visibleTo }: Pick<PageRequest, 'visibleTo'>): SQL | undefined =>
  visibleTo === undefined ? undefined : or(eq(videos.ownerId, visibleTo), eq(videos.visibility, 'members'));

/** Each package with its video and the version that it serves. */
export const withVideoAndVersion = (db: Db) =>
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

/** Adds to each package its wrapped keys, its waiting work, and the text tracks of its video. */
function withKeysJobsAndTexts(
  db: Db,
  rows: Pick<PackageRecord, 'package' | 'video' | 'version'>[],
): PackageRecord[] {
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

function listContentKeysOf(db: Db, packageIds: number[]): KeyRecord[] {
  return db
    .select()
    .from(contentKeys)
    .where(inArray(contentKeys.packageId, packageIds))
    .orderBy(contentKeys.id)
    .all();
}

export function servedVersion(db: Db, mediaId: string): number | undefined {
  const column = { number: packages.currentVersion };
  const row = db.select(column).from(packages).where(eq(packages.mediaId, mediaId)).get();
  return row?.number ?? undefined;
}

/** Finds a version; prepared once, since it runs for every segment request. */
export function versionFinder(db: Db): (mediaId: string, number: number) => ServedVersion | undefined {
  const ofMedia = eq(packages.mediaId, sql.placeholder('mediaId'));
  const query = db
    .select({
      folder: versions.folder,
      packageId: packages.id,
      video: { id: videos.id, ownerId: videos.ownerId, visibility: videos.visibility },
    })
    .from(versions)
    .innerJoin(packages, eq(packages.id, versions.packageId))
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .where(and(ofMedia, eq(versions.number, sql.placeholder('number'))))
    .prepare();
  return (mediaId, number) => query.get({ mediaId, number });
}

/** Newest first; `before` is the id that the last page ended with. */
export function listPackages(db: Db, page: PageRequest): PackageRecord[] {
  const rows = withVideoAndVersion(db)
    .where(and(page.before === undefined ? undefined : lt(packages.id, page.before), isVisible(page)))
    .orderBy(desc(packages.id))
    .limit(page.limit)
    .all();
  return withKeysJobsAndTexts(db, rows);
}

/** The packages of several videos, newest first. */
export function listPackagesOf(db: Db, videoIds: number[]): PackageRecord[] {
  const rows = withVideoAndVersion(db).where(inArray(packages.videoId, videoIds));
  return withKeysJobsAndTexts(db, rows.orderBy(desc(packages.id)).all());
}

/** How many packages of a user's videos wait for their first attempt. */
export function countWaiting(db: Db, ownerId: string): number {
  const rows = db
    .select({ waiting: count() })
    .from(packages)
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .where(and(eq(packages.status, 'queued'), eq(videos.ownerId, ownerId)))
    .get();
  return rows?.waiting ?? 0;
}

export const deletePackage = (db: Db, id: number) => writing(db, (tx) => deletePackageRow(tx, id));

/** Deletes a package, and with it its job, keys and versions; returns its media id. */
export function deletePackageRow(tx: Tx, id: number): string | undefined {
  const gone = tx.delete(packages).where(eq(packages.id, id)).returning({ mediaId: packages.mediaId }).get();
  return gone?.mediaId;
}

/** Whether there is any wrapped key. */
export function hasContentKeys(db: Db): boolean {
  return db.select({ id: contentKeys.id }).from(contentKeys).limit(1).get() !== undefined;
}
