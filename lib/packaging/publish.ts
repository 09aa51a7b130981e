import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { versionFolder } from '@/lib/media/file-names';
import type { Publication } from '@/lib/media/track';
import { packageKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';
import type { WorkFolders } from './work-folder';

/**
 * Moves finished folders of the attempt into the store, and switches the package to them; both only while the job is
 * still ours.
 */
export async function publish(
  { job, queue, store, signal }: Attempt,
  { version, download }: Publication,
  folders: WorkFolders,
): Promise<void> {
  signal.throwIfAborted();
  // A worker that lost its claim must not touch a folder that the next one may be publishing.
  if (!(await queue.heartbeat(job))) throw new Error('The job was taken away.');
  const names = [...(version ? [versionFolder(version.number)] : []), ...(download ? [download.folder] : [])];
  const keyOf = (name: string) => `${packageKey(job.mediaId)}/${name}`;
  for (const name of names) await store.putFolder(path.join(folders.attempt, name), keyOf(name));
  if (await queue.publish(job, { version, download })) return;
  for (const name of names) await store.remove(keyOf(name));
}

/** The size of all files in a folder. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
