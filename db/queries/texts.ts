import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../client';
import { texts } from '../schema';

export type TextRow = typeof texts.$inferSelect;
export type NewTextRow = typeof texts.$inferInsert;

export function insertText(db: Db, row: NewTextRow): TextRow {
  return db.insert(texts).values(row).returning().get();
}

/** The text tracks that were uploaded for a video, in the order in which they came. */
export function listTextsOfVideo(db: Db, videoId: number): TextRow[] {
  return db.select().from(texts).where(eq(texts.videoId, videoId)).orderBy(asc(texts.id)).all();
}

/** Deletes a text track of a video and returns its row; undefined when there is none. */
export function deleteText(db: Db, videoId: number, id: number): TextRow | undefined {
  const ofVideo = and(eq(texts.id, id), eq(texts.videoId, videoId));
  return db.delete(texts).where(ofVideo).returning().get();
}
