import { and, eq, gte, lt } from 'drizzle-orm';
import type { RemovedVideo } from '@/lib/ledger/ledger';
import type { NewVideo, VideoChanges, VideoRecord } from '@/lib/ledger/records';
import type { Db } from './client';
import { writing } from './life';
import { deletePackageRow } from './packages';
import { packages, texts, videos } from './schema';

export function insertVideo(db: Db, row: NewVideo): VideoRecord {
  return writing(db, (tx) => tx.insert(videos).values(row).returning().get());
}

export function findVideo(db: Db, id: number): VideoRecord | undefined {
  return db.select().from(videos).where(eq(videos.id, id)).get();
}

/** The video whose storage key begins with this. */
export function findVideoByKeyStem(db: Db, keyStem: string): VideoRecord | undefined {
  return (
    db
      .select()
      .from(videos)
      // A range instead of a pattern, so that the index is used.
      .where(and(gte(videos.storageKey, keyStem), lt(videos.storageKey, `${keyStem}\uffff`)))
      .get()
  );
}

/** Changes a video: see Ledger.changeVideo. */
export function changeVideo(db: Db, id: number, changes: VideoChanges): VideoRecord | undefined {
  if (Object.keys(changes).length === 0) return findVideo(db, id);
  return writing(db, (tx) => tx.update(videos).set(changes).where(eq(videos.id, id)).returning().get());
}

/** Deletes a video with its packages and text tracks: see Ledger.removeVideo. */
export function deleteVideo(db: Db, id: number): RemovedVideo | undefined {
  return writing(db, (tx) => {
    const ofVideo = tx.select({ id: packages.id }).from(packages).where(eq(packages.videoId, id)).all();
    const mediaIds = ofVideo.flatMap((row) => deletePackageRow(tx, row.id) ?? []);
    const ofTexts = tx.delete(texts).where(eq(texts.videoId, id)).returning({ key: texts.storageKey }).all();
    const gone = tx
      .delete(videos)
      .where(eq(videos.id, id))
      .returning({ storageKey: videos.storageKey })
      .get();
    return gone && { ...gone, textKeys: ofTexts.map(({ key }) => key), mediaIds };
  });
}
