import { findPackageByMediaId, hasVersion } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { downloadFile, versionFiles, versionFolder } from '@/lib/media/file-names';
import { packageKey } from '@/lib/storage/keys';
import type { StoredFile } from '@/lib/storage/store';

/**
 * Opens a file of a published version by its path below the package, such as `v2/video-1080p.mp4`. The media
 * id is the secret part of the address; access control is in the license. A version without a row, such as a
 * revoked one, is not served, although its files may still exist.
 * @throws AppError `media-not-found`
 */
export async function openMedia(
  { db, store }: Acting,
  mediaId: string,
  names: string[],
): Promise<StoredFile> {
  const isPlain = /^[0-9a-f]{32}$/.test(mediaId) && /^v\d+$/.test(names[0] ?? '') && names.length === 2;
  const isServed =
    isPlain && names[1] !== downloadFile && hasVersion(db, mediaId, Number(names[0]?.slice(1)));
  const file = isServed ? await store.open([packageKey(mediaId), ...names].join('/')) : null;
  if (!file) throw new AppError('media-not-found', 'There is no such file in this package.');
  return file;
}

/**
 * The path of a manifest in the version that is served now, for addresses without a version, which stay
 * valid.
 * @throws AppError `media-not-found`
 */
export function currentManifest({ db }: Acting, mediaId: string, name: string): string {
  const row = findPackageByMediaId(db, mediaId);
  const isManifest = name === versionFiles.dash || name === versionFiles.hls;
  if (!isManifest || !row?.currentVersion)
    throw new AppError('media-not-found', 'There is no such file in this package.');
  return `/media/${mediaId}/${versionFolder(row.currentVersion)}/${name}`;
}
