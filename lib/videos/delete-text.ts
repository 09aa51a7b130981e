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

/** The row goes and the work for it comes, or neither; the file goes last: until then all can be as it was. */
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
