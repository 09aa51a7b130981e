import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';

/**
 * Deletes a text track that was uploaded for a video; its packages lose it with their next version. The file
 * is deleted last, so that a failure before changes nothing.
 * @throws AppError `video-not-found`, `text-not-found`
 */
export async function deleteText(acting: Acting, videoId: number, id: number): Promise<void> {
  await requireVideo(acting, videoId, 'video.write');
  const row = await acting.ledger.removeText(videoId, id);
  if (!row)
    throw new AppError('text-not-found', `Video ${videoId} has no text track ${id}.`, { field: 'id' });
  await acting.store.remove(row.storageKey);
}
