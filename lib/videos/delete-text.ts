import { deleteText as deleteRow } from '@/db/queries/texts';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { refreshTexts } from '@/lib/packages/refresh-texts';
import { requireVideo } from './get-video';

/**
 * Deletes a text track that was uploaded for a video; its packages lose it with their next version.
 * @throws AppError `video-not-found`, `text-not-found`
 */
export async function deleteText(context: Context, videoId: number, id: number): Promise<void> {
  requireVideo(context, videoId);
  const row = deleteRow(context.db, videoId, id);
  if (!row)
    throw new AppError('text-not-found', `Video ${videoId} has no text track ${id}.`, { field: 'id' });
  await context.store.remove(row.storageKey);
  refreshTexts(context, videoId);
}
