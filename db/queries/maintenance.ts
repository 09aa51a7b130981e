import { aliasedTable, and, eq, inArray, lt, lte, ne, notExists, sql } from 'drizzle-orm';
import type { Db } from '../client';
import { contentKeys, jobs, packages, texts, versions, videos } from '../schema';
import { retired } from './life';

/** Every place in the store that a row refers to. */
export interface KnownStoreKeys {
  /** Keys of single files. */
  files: string[];
  /** Ids of videos, which may have a poster. */
  videoIds: number[];
  packages: { mediaId: string; downloadFolder: string | null; versionNumbers: number[] }[];
}

export function listKnownStoreKeys(db: Db): KnownStoreKeys {
  return db.transaction((tx) => {
    const ofVideos = tx.select({ id: videos.id, key: videos.storageKey }).from(videos).all();
    const ofTexts = tx.select({ key: texts.storageKey }).from(texts).all();
    const ofJobs = tx.select({ task: jobs.task }).from(jobs).all();
    const numbers = new Map<number, number[]>();
    for (const { packageId, number } of tx
      .select({ packageId: versions.packageId, number: versions.number })
      .from(versions)
      .all())
      numbers.set(packageId, [...(numbers.get(packageId) ?? []), number]);
    return {
      files: [
        ...[...ofVideos, ...ofTexts].map(({ key }) => key),
        ...ofJobs.flatMap(({ task }) => ('storageKey' in task ? [task.storageKey] : [])),
      ],
      videoIds: ofVideos.map(({ id }) => id),
      packages: tx
        .select({ id: packages.id, mediaId: packages.mediaId, downloadFolder: packages.downloadFolder })
        .from(packages)
        .all()
        .map(({ id, ...row }) => ({ ...row, versionNumbers: numbers.get(id) ?? [] })),
    };
  });
}

/** Versions that were replaced before a given time. */
export function listSupersededVersions(db: Db, before: Date) {
  const next = aliasedTable(versions, 'next');
  return db
    .select({
      id: versions.id,
      number: versions.number,
      mediaId: packages.mediaId,
      downloadFolder: packages.downloadFolder,
    })
    .from(versions)
    .innerJoin(packages, eq(packages.id, versions.packageId))
    .innerJoin(
      next,
      and(eq(next.packageId, versions.packageId), eq(next.number, sql`${versions.number} + 1`)),
    )
    .where(and(lt(versions.number, packages.currentVersion), lt(next.publishedAt, before)))
    .all();
}

export function deleteVersion(db: Db, id: number): void {
  db.delete(versions).where(eq(versions.id, id)).run();
}

/** Retires older keys that no remaining version uses. */
export function retireKeys(db: Db): void {
  const current = db
    .select({ number: packages.currentVersion })
    .from(packages)
    .where(eq(packages.id, contentKeys.packageId));
  const last = sql`coalesce(${contentKeys.lastVersion}, ${current} - 1)`;
  const using = db
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.packageId, contentKeys.packageId), lte(versions.number, last)));
  db.update(contentKeys)
    .set(retired)
    .where(and(eq(contentKeys.state, 'older'), notExists(using)))
    .run();
}

/** Everything that is to be checked against the disk. */
export function listForCheck(db: Db) {
  return {
    videos: db.select().from(videos).all(),
    texts: db.select().from(texts).all(),
    packages: withVersionAndVideo(db).all(),
    keys: db.select().from(contentKeys).where(ne(contentKeys.state, 'retired')).all(),
  };
}

/** A package with the version that it serves, and its video. */
export type CheckedPackage = ReturnType<typeof listForCheck>['packages'][number];

/** A package as it is now; undefined when it was deleted. */
export function findForCheck(db: Db, packageId: number): CheckedPackage | undefined {
  return withVersionAndVideo(db).where(eq(packages.id, packageId)).get();
}

const withVersionAndVideo = (db: Db) =>
  db
    .select({ package: packages, version: versions, video: videos })
    .from(packages)
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .leftJoin(
      versions,
      and(eq(versions.packageId, packages.id), eq(versions.number, packages.currentVersion)),
    );

/** Packages that are queued or processing without a job. */
export function listStuckPackages(db: Db): number[] {
  const itsJob = db.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, packages.id));
  return db
    .select({ id: packages.id })
    .from(packages)
    .where(and(inArray(packages.status, ['queued', 'processing']), notExists(itsJob)))
    .all()
    .map(({ id }) => id);
}

/** The problems that SQLite itself finds; empty when there are none. */
export function integrityProblems(db: Db): string[] {
  const rows = db.$client.pragma('integrity_check') as { integrity_check: string }[];
  const broken = db.$client.pragma('foreign_key_check') as { table: string }[];
  return [
    ...rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...broken.map(({ table }) => `A row of ${table} points at a row that is gone.`),
  ];
}

export function setVideoChecksum(db: Db, id: number, sha256: string): void {
  db.update(videos).set({ sha256 }).where(eq(videos.id, id)).run();
}

export function deleteTextRow(db: Db, id: number): void {
  db.delete(texts).where(eq(texts.id, id)).run();
}
