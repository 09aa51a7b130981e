import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { attemptFolder, versionFolder } from '@/lib/media/file-names';
import { uploadedTextId } from '@/lib/media/text-track';
import type { PublishedVersion } from '@/lib/media/track';
import { linkOrCopy } from '@/lib/storage/link-or-copy';
import type { Attempt } from '../attempt';
import { withUniqueLabels } from '../plan/track-label';
import { textTrack } from '../steps/build-version';
import { fetchUploadedTexts, textsOf } from '../steps/gather-text-tracks';
import { openVersion } from '../steps/open-source';
import { folderBytes, publish } from '../steps/publish';
import { addSideTracks } from '../steps/side-tracks';
import type { WorkFolders } from '../work-folder';

/**
 * Makes the next version with the current text tracks of the video. The encrypted tracks are the same files:
 * they are linked, not copied.
 */
export async function refreshTexts(
  attempt: Attempt,
  current: PublishedVersion,
  folders: WorkFolders,
): Promise<void> {
  const { job } = attempt;
  await attempt.progress.enter('package');
  const served = await openVersion(attempt, current, folders);
  const name = attemptFolder(versionFolder(job.versionNumber), job);
  const folder = path.join(folders.attempt, name);
  await mkdir(folder, { mode: 0o700 });
  const isUploaded = (file: string) => uploadedTextId(file) !== null;
  const textFiles = /^text-.*\.(vtt|m3u8)$/;
  for (const name of await readdir(served)) {
    const isEmbedded = name.endsWith('.vtt') && !isUploaded(name);
    if (!textFiles.test(name)) await linkOrCopy(path.join(served, name), path.join(folder, name));
    if (isEmbedded || /^(thumbnails-|storyboard)/.test(name))
      await linkOrCopy(path.join(served, name), path.join(folders.tracks, name));
  }
  const embedded = textsOf(current).filter(({ file }) => !isUploaded(file));
  const texts = withUniqueLabels([...embedded, ...(await fetchUploadedTexts(attempt, folders))]);
  await addSideTracks(folder, folders.tracks, { ...current, texts });
  const tracks = [...current.tracks.filter(({ kind }) => kind !== 'text'), ...texts.map(textTrack)];
  const sizeBytes = await folderBytes(folder);
  await attempt.progress.enter('publish');
  const version = { ...current, number: job.versionNumber, folder: name, tracks, sizeBytes };
  await publish(attempt, { version, last: { removes: null } }, folders);
}
