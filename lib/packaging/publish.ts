import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { downloadFile, isDownloadFolder, versionFolder } from '@/lib/media/file-names';
import type { Checksums, Publication, PublishedDownload, PublishedVersion } from '@/lib/media/track';
import { fileChecksum, folderChecksums } from '@/lib/storage/checksums';
import { isDiskFull } from '@/lib/storage/disk-full';
import { packageKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';
import type { WorkFolders } from './work-folder';

/**
 * Moves finished folders of the attempt into the store, and switches the package to them; both only while the job is
 * still ours.
 */
export async function publish(
  attempt: Attempt,
  { version, download }: Publication,
  folders: WorkFolders,
): Promise<void> {
  const { job, queue, store, signal } = attempt;
  signal.throwIfAborted();
  // A worker that lost its claim must not touch a folder that the next one may be publishing.
  if (!(await queue.heartbeat(job))) throw new Error('The job was taken away.');
  const names = [...(version ? [versionFolder(version.number)] : []), ...(download ? [download.folder] : [])];
  const keyOf = (name: string) => `${packageKey(job.mediaId)}/${name}`;
  const takeBack = async () => {
    for (const name of names) await store.remove(keyOf(name));
  };
  try {
    for (const name of names) await store.putFolder(path.join(folders.attempt, name), keyOf(name));
    if (!(await queue.publish(job, { version, download }))) return await takeBack();
  } catch (error) {
    // A full disk rolled the switch back, surely; after other faults, the sweep finds out what is in use.
    if (isDiskFull(error)) await takeBack();
    throw error;
  }
  // Who is downloading the one before keeps the file that is open.
  const { servedDownload } = job;
  if (download && servedDownload !== download.folder && isDownloadFolder(servedDownload ?? ''))
    await store.remove(keyOf(servedDownload ?? ''));
  await recordChecksums(attempt, version, download);
}

/** What lets rot and accidents be found later. It comes after the switch: viewers need not wait for it. */
async function recordChecksums(
  { job, queue, store, signal }: Attempt,
  version: PublishedVersion | undefined,
  download: PublishedDownload | undefined,
): Promise<void> {
  const root = packageKey(job.mediaId);
  const sums: Checksums = { version: null, downloadSha256: null };
  if (version) {
    const { number } = version;
    sums.version = {
      number,
      files: await folderChecksums(store, `${root}/${versionFolder(number)}`, signal),
    };
  }
  if (download)
    sums.downloadSha256 = await fileChecksum(store, `${root}/${download.folder}/${downloadFile}`, signal);
  await queue.recordChecksums(job, sums);
}

/** The size of all files in a folder. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
