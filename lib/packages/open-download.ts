import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { versionFiles } from '@/lib/media/file-names';
import { versionKey } from '@/lib/storage/keys';
import type { StoredFile } from '@/lib/storage/store';
import { stemOf } from '@/lib/videos/file-name';
import { requirePackage } from './get-package';

/**
 * The encrypted MP4 of a package, with the name to save it under.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-failed`
 */
export async function openDownload(
  context: Context,
  id: number,
): Promise<{ file: StoredFile; name: string }> {
  const { package: row, video, version } = requirePackage(context, id);
  if (!version && row.status === 'failed') {
    throw new AppError('package-failed', row.errorMessage ?? `Package ${id} failed.`);
  }
  const file =
    version &&
    (await context.store.open(`${versionKey(row.mediaId, version.number)}/${versionFiles.download}`));
  if (!file) {
    const percent = Math.floor(row.progress * 100);
    throw new AppError(
      'package-not-ready',
      `Package ${id} is not ready yet (${row.status}, ${percent} %). Try again later.`,
    );
  }
  return { file, name: `${stemOf(video.name)}_encrypted.mp4` };
}
