import { listTextsOfVideo } from '@/db/queries/texts';
import { deleteVideo as deleteRow, listPackagesOfVideos } from '@/db/queries/videos';
import type { Context } from '@/lib/context';
import { deletePackage } from '@/lib/packages/delete-package';
import { posterKey } from '@/lib/storage/keys';
import { requireVideo } from './get-video';

/**
 * Deletes a video with its packages, their jobs and all files.
 * @throws AppError `video-not-found`
 */
export async function deleteVideo(context: Context, id: number): Promise<void> {
  const video = requireVideo(context, id);
  for (const { package: row } of listPackagesOfVideos(context.db, [id])) await deletePackage(context, row.id);
  const texts = listTextsOfVideo(context.db, id);
  deleteRow(context.db, id);
  for (const text of texts) await context.store.remove(text.storageKey);
  await context.store.remove(video.storageKey);
  await context.store.remove(posterKey(id));
}
