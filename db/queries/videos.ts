import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Db } from '../client';
import { packages, versions, videos } from '../schema';

export type VideoRow = typeof videos.$inferSelect;
export type NewVideoRow = typeof videos.$inferInsert;

export function insertVideo(db: Db, row: NewVideoRow): VideoRow {
  return db.insert(videos).values(row).returning().get();
}

export function findVideo(db: Db, id: number): VideoRow | undefined {
  return db.select().from(videos).where(eq(videos.id, id)).get();
}

/** The video whose storage key begins with this. */
export function findVideoByKeyStem(db: Db, keyStem: string): VideoRow | undefined {
  return (
    db
      .select()
      .from(videos)
      // A range instead of a pattern, so that the index is used.
      .where(and(gte(videos.storageKey, keyStem), lt(videos.storageKey, `${keyStem}\uffff`)))
      .get()
  );
}

/** Newest first; `before` is the id that the last page ended with. */
export function listVideos(db: Db, page: { limit: number; before?: number | undefined }): VideoRow[] {
  return db
    .select()
    .from(videos)
    .where(page.before === undefined ? undefined : lt(videos.id, page.before))
    .orderBy(desc(videos.id))
    .limit(page.limit)
    .all();
}

export function deleteVideo(db: Db, id: number): void {
  db.delete(videos).where(eq(videos.id, id)).run();
}

/** The packages of several videos with the version that each serves, newest first. */
export function listPackagesOfVideos(db: Db, videoIds: number[]) {
  return db
    .select({ package: packages, version: versions })
    .from(packages)
    .leftJoin(
      versions,
      and(eq(versions.packageId, packages.id), eq(versions.number, packages.currentVersion)),
    )
    .where(inArray(packages.videoId, videoIds))
    .orderBy(desc(packages.id))
    .all();
}
