import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { recordEvent } from '@/lib/audit/record-event';
import { videoNotFound } from '@/lib/ledger/not-found';
import { packageKey, posterKey } from '@/lib/storage/keys';

/**
 * Deletes a video with its packages, their jobs and all files.
 * @throws AppError `video-not-found`
 */
export async function deleteVideo(acting: Acting, id: number): Promise<void> {
  const { ledger, store } = acting;
  const { name } = await requireVideo(acting, id, 'video.write');
  const { storageKey, textKeys, mediaIds } = (await ledger.removeVideo(id)) ?? videoNotFound(id);
  for (const key of [...mediaIds.map(packageKey), ...textKeys, storageKey, posterKey(id)])
    await store.remove(key);
  await recordEvent(acting, 'video-delete', { target: `video:${id}`, detail: name });
}
