import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { copyDownload } from '@/lib/ffmpeg/copy-download';
import { encryptMp4 } from '@/lib/formats/download/encrypt-mp4';
import { keyFor } from '@/lib/keys/key-labels';
import { log } from '@/lib/log';
import { attemptFolder, downloadFile, downloadFolder } from '@/lib/media/file-names';
import type { DownloadStream } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import type { PublishedDownload } from '@/lib/media/track';
import { runConcurrently } from '@/lib/processes/run-concurrently';
import { syncToDisk } from '@/lib/storage/sync-to-disk';
import { verifyDownload } from '@/lib/verify/verify-download';
import type { Attempt } from '../attempt';
import type { WorkFolders } from '../work-folder';
import { mayComeFromCopy } from './refused-copies';

/** The parts of the encrypted MP4. */
export interface DownloadParts {
  /** The uploaded file, its streams that are used, and the streams of the download. */
  source: SourceFile;
  streams: number[];
  download: DownloadStream[];
  /**
   * The download from tracks alone, for sources whose streams cannot be copied; null until those tracks
   * exist.
   */
  downloadOfTracks: DownloadStream[] | null;
  durationSeconds: number;
}

/**
 * Makes the encrypted MP4 in a folder of its own, and checks it. Errors: see copyDownload, encryptMp4,
 * verifyDownload.
 */
export async function makeDownload(
  attempt: Attempt,
  parts: DownloadParts,
  folders: WorkFolders,
): Promise<PublishedDownload> {
  const { downloadOfTracks } = parts;
  try {
    return await makeFrom(attempt, parts, folders);
  } catch (error) {
    attempt.signal.throwIfAborted();
    if (!downloadOfTracks || !mayComeFromCopy(error)) throw error;
    log().info({ package: attempt.job.packageId, err: error }, 'The download is made from tracks');
    return makeFrom(attempt, { ...parts, download: downloadOfTracks }, folders);
  }
}

async function makeFrom(
  { job, keys, signal, tools }: Attempt,
  parts: DownloadParts,
  folders: WorkFolders,
): Promise<PublishedDownload> {
  const key = keyFor(keys, 'download');
  const made = path.join(folders.tracks, downloadFile);
  await copyDownload(tools, parts.source, parts, folders.tracks, signal);
  const sums = await encryptMp4(made, key, signal);
  await runConcurrently(
    signal,
    (signal) => verifyDownload({ tools, ...parts, sums, folder: folders.tracks, key, signal }),
    () => syncToDisk(made),
  );
  const folder = attemptFolder(downloadFolder(job.versionNumber), job);
  const file = path.join(folders.attempt, folder, downloadFile);
  await mkdir(path.dirname(file), { mode: 0o700 });
  await rename(made, file);
  return { folder, sizeBytes: (await stat(file)).size };
}
