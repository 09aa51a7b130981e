import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { downloadFile, versionFiles, versionFolder } from '@/lib/media/file-names';
import type { StoredFile } from '@/lib/storage/artifact-store';
import { publishedKey } from '@/lib/storage/keys';

/**
 * Opens a file of a published version by its path below the package, such as `v2/video-1080p.mp4`. The media
 * id is the secret part of the address; access control is in the license. A version without a row, such as a
 * revoked one, is not served, although its files may still exist.
 * @throws AppError `media-not-found`
 */
export async function openMedia(
  { ledger, store }: Acting,
  mediaId: string,
  names: string[],
): Promise<StoredFile> {
  const isPlain = /^[0-9a-f]{32}$/.test(mediaId) && /^v[1-9]\d*$/.test(names[0] ?? '') && names.length === 2;
  const [version = '', name] = names;
  const folder =
    isPlain && name !== downloadFile
      ? await ledger.versionFolder(mediaId, Number(version.slice(1)))
      : undefined;
  const file = folder ? await store.open(`${publishedKey(mediaId, folder)}/${name}`) : null;
  if (!file) throw new AppError('media-not-found', 'There is no such file in this package.');
  return file;
}

/**
 * The path of a manifest in the version that is served now, for addresses without a version, which stay
 * valid.
 * @throws AppError `media-not-found`
 */
export async function currentManifest({ ledger }: Acting, mediaId: string, name: string): Promise<string> {
  const number = await ledger.servedVersion(mediaId);
  const isManifest = name === versionFiles.dash || name === versionFiles.hls;
  if (!isManifest || number === undefined)
    throw new AppError('media-not-found', 'There is no such file in this package.');
  return `/media/${mediaId}/${versionFolder(number)}/${name}`;
}
