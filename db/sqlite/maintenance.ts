import { aliasedTable, and, eq, inArray, lt, lte, ne, notExists, sql } from 'drizzle-orm';
import type { Everything, StoreKeys, SupersededVersion } from '@/lib/ledger/ledger';
import type { Db } from './client';
import { retired, writing } from './life';
import { withVideoAndVersion } from './packages';
import { contentKeys, jobs, packages, texts, versions, videos } from './schema';

export function listStoreKeys(db: Db): StoreKeys {
  return db.transaction((tx) => {
    const ofVideos = tx.select({ id: videos.id, key: videos.storageKey }).from(videos).all();
    const ofTexts = tx.select({ key: texts.storageKey }).from(texts).all();
    const ofJobs = tx.select().from(jobs).all();
    const ofVersions = tx.select({ packageId: versions.packageId, folder: versions.folder }).from(versions);
    const folders = Map.groupBy(ofVersions.all(), ({ packageId }) => packageId);
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
        .map(({ id, mediaId, downloadFolder }) => ({
          mediaId,
          folders: [
            ...(folders.get(id) ?? []).map(({ folder }) => folder),
            ...(downloadFolder ? [downloadFolder] : []),
          ],
        })),
      attempts: ofJobs.flatMap(({ id, attempt, leaseExpiresAt }) =>
        leaseExpiresAt ? [{ id, attempt }] : [],
      ),
    };
  });
}

/** Versions that were replaced before a given time. */
export function listSupersededVersions(db: Db, before: Date): SupersededVersion[] {
  const next = aliasedTable(versions, 'next');
  return db
    .select({
      id: versions.id,
      folder: versions.folder,
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
  writing(db, (tx) => tx.delete(versions).where(eq(versions.id, id)).run());
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
  const unused = and(eq(contentKeys.state, 'older'), notExists(using));
  writing(db, (tx) => tx.update(contentKeys).set(retired).where(unused).run());
}

export function listEverything(db: Db): Everything {
  return {
    videos: db.select().from(videos).all(),
    texts: db.select().from(texts).all(),
    packages: withVideoAndVersion(db).all(),
    keys: db.select().from(contentKeys).where(ne(contentKeys.state, 'retired')).all(),
  };
}

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
  writing(db, (tx) => tx.update(videos).set({ sha256 }).where(eq(videos.id, id)).run());
}
