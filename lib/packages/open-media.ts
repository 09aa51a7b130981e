import { authorize } from '@/lib/access/authorize';
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
export async function openMedia(acting: Acting, mediaId: string, names: string[]): Promise<StoredFile> {
  const isPlain = /^[0-9a-f]{32}$/.test(mediaId) && /^v[1-9]\d*$/.test(names[0] ?? '') && names.length === 2;
  const [version = '', name] = names;
  const found =
    isPlain && name !== downloadFile
      ? await acting.ledger.findVersion(mediaId, Number(version.slice(1)))
      : undefined;
  if (!found) return mediaNotFound();
  const { folder, packageId, video } = found;
  authorize(acting, 'play', { ...video, packageId }, mediaNotFound);
  return (await acting.store.open(`${publishedKey(mediaId, folder)}/${name}`)) ?? mediaNotFound();
}

function mediaNotFound(): never {
  throw new AppError('media-not-found', 'There is no such file in this package.');
}

/**
 * The path of a manifest in the version that is served now, for addresses without a version, which stay
 * valid.
 * @throws AppError `media-not-found`
 */
export async function currentManifest(acting: Acting, mediaId: string, name: string): Promise<string> {
  const number = await acting.ledger.servedVersion(mediaId);
  const found = number === undefined ? undefined : await acting.ledger.findVersion(mediaId, number);
  const isManifest = name === versionFiles.dash || name === versionFiles.hls;
  if (!isManifest || number === undefined || !found) return mediaNotFound();
  authorize(acting, 'play', { ...found.video, packageId: found.packageId }, mediaNotFound);
  return `/media/${mediaId}/${versionFolder(number)}/${name}`;
}
