import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import { stemOf } from '@/lib/http/upload-name';
import { downloadFile } from '@/lib/media/file-names';
import type { StoredFile } from '@/lib/storage/artifact-store';
import { publishedKey } from '@/lib/storage/keys';

/**
 * The encrypted MP4 of a package, with the name to save it under.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-failed`
 */
export async function openDownload(acting: Acting, id: number): Promise<{ file: StoredFile; name: string }> {
  const { package: row, video } = await requirePackage(acting, id, 'download');
  if (row.downloadFolder === null && row.status === 'failed') {
    throw new AppError('package-failed', row.errorMessage ?? `Package ${id} failed.`);
  }
  const folder = row.downloadFolder;
  const file = folder && (await acting.store.open(`${publishedKey(row.mediaId, folder)}/${downloadFile}`));
  if (!file) {
    const percent = Math.floor(row.progress * 100);
    throw new AppError(
      'package-not-ready',
      `Package ${id} is not ready yet (${row.status}, ${percent} %). Try again later.`,
    );
  }
  return { file, name: `${stemOf(video.name)}_encrypted.mp4` };
}
