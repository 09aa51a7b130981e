import { deleteText as deleteRow, type TextRow } from '@/db/queries/texts';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { refreshTexts } from '@/lib/packages/refresh-texts';
import { requireVideo } from './get-video';

/**
 * Deletes a text track that was uploaded for a video; its packages lose it with their next version.
 * @throws AppError `video-not-found`, `text-not-found`
 */
export async function deleteText(context: Context, videoId: number, id: number): Promise<void> {
  const row = deleteWithWork(context, videoId, id);
  await context.store.remove(row.storageKey);
}

/**
 * Deletes the row and inserts the job, or neither. The file is deleted afterwards, so that a failure here
 * changes nothing.
 */
function deleteWithWork(context: Context, videoId: number, id: number): TextRow {
  return context.db.transaction(
    () => {
      requireVideo(context, videoId);
      const row = deleteRow(context.db, videoId, id);
      if (!row)
        throw new AppError('text-not-found', `Video ${videoId} has no text track ${id}.`, { field: 'id' });
      refreshTexts(context, videoId);
      return row;
    },
    { behavior: 'immediate' },
  );
}
