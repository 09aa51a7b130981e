import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedVersion } from '@/lib/media/track';
import { versionKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';

/** Moves a finished folder into the store, and switches the package to it; both only while the job is still ours. */
export async function publishVersion(
  attempt: Attempt,
  folder: string,
  version: PublishedVersion,
): Promise<void> {
  const { job, queue, store, progress, signal } = attempt;
  await progress.enter('publish');
  signal.throwIfAborted();
  // A worker that lost its claim must not touch a folder that the next one may be publishing.
  if (!(await queue.heartbeat(job))) throw new Error('The job was taken away.');
  const key = versionKey(job.mediaId, version.number);
  await store.putFolder(folder, key);
  if (!(await queue.publish(job, version))) await store.remove(key);
}

/** The size of all files in a folder. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
