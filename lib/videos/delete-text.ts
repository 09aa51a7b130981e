import { deleteText as deleteRow, type TextRow } from '@/db/queries/texts';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { refreshTexts } from '@/lib/packages/refresh-texts';
import { requireVideo } from './get-video';

/**
 * Deletes a text track that was uploaded for a video; its packages lose it with their next version.
 * @throws AppError `video-not-found`, `text-not-found`
 */
export async function deleteText(acting: Acting, videoId: number, id: number): Promise<void> {
  const row = deleteWithWork(acting, videoId, id);
  await acting.store.remove(row.storageKey);
}

/**
 * Deletes the row and inserts the job, or neither. The file is deleted afterwards, so that a failure here
 * changes nothing.
 */
function deleteWithWork(acting: Acting, videoId: number, id: number): TextRow {
  return acting.db.transaction(
    () => {
      requireVideo(acting, videoId);
      const row = deleteRow(acting.db, videoId, id);
      if (!row)
        throw new AppError('text-not-found', `Video ${videoId} has no text track ${id}.`, { field: 'id' });
      refreshTexts(acting, videoId);
      return row;
    },
    { behavior: 'immediate' },
  );
}
