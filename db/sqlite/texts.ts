import { and, asc, eq } from 'drizzle-orm';
import type { NewTextRecord, TextRecord } from '@/lib/ledger/records';
import type { Db } from './client';
import { requestWork } from './jobs';
import { type Tx, writing } from './life';
import { jobs, packages, texts, videos } from './schema';

/** Inserts a text track and the work that it makes: see Ledger.addText. */
export function insertText(db: Db, row: NewTextRecord): TextRecord | undefined {
  return writing(db, (tx) => {
    if (!tx.select({ id: videos.id }).from(videos).where(eq(videos.id, row.videoId)).get()) return undefined;
    const inserted = tx.insert(texts).values(row).returning().get();
    refreshTexts(tx, row.videoId);
    return inserted;
  });
}

/** The text tracks that were uploaded for a video, in the order in which they came. */
export function listTexts(db: Db, videoId: number): TextRecord[] {
  return db.select().from(texts).where(eq(texts.videoId, videoId)).orderBy(asc(texts.id)).all();
}

/** Deletes a text track and inserts the work that this makes: see Ledger.removeText. */
export function deleteText(db: Db, videoId: number, id: number): TextRecord | undefined {
  return writing(db, (tx) => {
    const ofVideo = and(eq(texts.id, id), eq(texts.videoId, videoId));
    const gone = tx.delete(texts).where(ofVideo).returning().get();
    if (gone) refreshTexts(tx, videoId);
    return gone;
  });
}

export function deleteTextRow(db: Db, id: number): void {
  writing(db, (tx) => tx.delete(texts).where(eq(texts.id, id)).run());
}

/** Requests the next version of each package of a video that is published or in work. */
function refreshTexts(tx: Tx, videoId: number): void {
  const rows = tx
    .selectDistinct({ id: packages.id, version: packages.currentVersion, job: jobs.packageId })
    .from(packages)
    .leftJoin(jobs, eq(jobs.packageId, packages.id))
    .where(eq(packages.videoId, videoId))
    .all();
  for (const { id, version, job } of rows)
    if (version !== null || job !== null) requestWork(tx, id, { kind: 'refresh-texts' });
}
