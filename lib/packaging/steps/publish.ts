import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDownloadFolder, isVersionFolder } from '@/lib/media/file-names';
import type { Publication } from '@/lib/media/track';
import { isDiskFull } from '@/lib/storage/disk-full';
import { packageKey, publishedKey } from '@/lib/storage/keys';
import type { Attempt } from '../attempt';
import type { WorkFolders } from '../work-folder';
import { finishJob } from './finish-job';

/**
 * Moves finished folders of the attempt into the store, and switches the package to them; both only while the
 * job still belongs to this claim. With the last ones, the job becomes one that only has to be finished: if
 * it stops then, nothing of it is done twice.
 */
export async function publish(
  attempt: Attempt,
  publication: Publication,
  folders: WorkFolders,
): Promise<void> {
  const { job, queue, ledger, store, signal } = attempt;
  const { version, download } = publication;
  signal.throwIfAborted();
  // A worker that lost its claim must not touch a folder that the next one may be publishing.
  if (!(await queue.heartbeat(job))) throw takenAway();
  const names = [version, download].flatMap((part) => (part ? [part.folder] : []));
  const keyOf = (name: string) => publishedKey(job.mediaId, name);
  const takeBack = async () => {
    for (const name of names) await store.remove(keyOf(name));
  };
  try {
    for (const name of names) await store.commit(path.join(folders.attempt, name), keyOf(name));
    if (!(await ledger.publish(job, publication))) {
      await takeBack();
      throw takenAway();
    }
  } catch (error) {
    // A full disk has certainly rolled the switch back; after other faults, the sweep removes what is not in
    // use.
    if (isDiskFull(error)) await takeBack();
    throw error;
  }
  // Clients that are downloading the previous one keep their open file.
  const { servedDownload } = job;
  if (download && servedDownload !== download.folder && isDownloadFolder(servedDownload ?? ''))
    await store.remove(keyOf(servedDownload ?? ''));
  if (version && job.task.kind === 'rekey' && job.task.revoke)
    await removeOtherVersions(attempt, version.folder);
  const removes = publication.last?.removes ?? null;
  await finishJob(attempt, { version, download: download?.folder ?? null, removes });
}

/** Their rows are gone; if this process dies here, the next start removes the rest. */
async function removeOtherVersions({ job, store }: Attempt, folder: string): Promise<void> {
  const root = packageKey(job.mediaId);
  for (const { name } of await store.list(root))
    if (isVersionFolder(name) && name !== folder) await store.remove(`${root}/${name}`);
}

const takenAway = () => new Error('The job was taken away.');

/** The size of all files in a folder. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
