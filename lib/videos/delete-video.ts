import { listTextsOfVideo } from '@/db/queries/texts';
import { deleteVideo as deleteRow, listPackagesOfVideos } from '@/db/queries/videos';
import type { Acting } from '@/lib/access/principal';
import { deletePackage } from '@/lib/packages/delete-package';
import { posterKey } from '@/lib/storage/keys';
import { requireVideo } from './get-video';

/**
 * Deletes a video with its packages, their jobs and all files.
 * @throws AppError `video-not-found`
 */
export async function deleteVideo(acting: Acting, id: number): Promise<void> {
  const video = requireVideo(acting, id);
  for (const { package: row } of listPackagesOfVideos(acting.db, [id])) await deletePackage(acting, row.id);
  const texts = listTextsOfVideo(acting.db, id);
  deleteRow(acting.db, id);
  for (const text of texts) await acting.store.remove(text.storageKey);
  await acting.store.remove(video.storageKey);
  await acting.store.remove(posterKey(id));
}
