import { lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { PackagingJob } from '@/lib/jobs/queue';
import { orDiskFullAt } from '@/lib/storage/disk-full';

/** The folders of one attempt. */
export interface WorkFolders {
  attempt: string;
  /** Clear tracks, one plain MP4 each, and the files beside them in versions. */
  tracks: string;
  /** What was checked out of the store. */
  input: string;
}

/** The folder of one attempt at a job. */
const folderOf = (workspace: string, { id, attempt }: PackagingJob) =>
  path.join(workspace, String(id), String(attempt));

/** The size of the attempt's files in bytes; hard links to files elsewhere do not count. */
export async function attemptBytes(workspace: string, job: PackagingJob): Promise<number> {
  const names = await readdir(folderOf(workspace, job), { recursive: true });
  const sizes = names.map(async (name) => {
    const { size, nlink } = await lstat(path.join(folderOf(workspace, job), name));
    return nlink > 1 ? 0 : size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Runs `work` with fresh folders of its own, and removes them afterwards, however it ends.
 * @throws AppError `disk-full`; otherwise as `work`
 */
export async function inWorkFolder(
  workspace: string,
  job: PackagingJob,
  work: (folders: WorkFolders) => Promise<void>,
) {
  const attempt = folderOf(workspace, job);
  const folders = { attempt, tracks: path.join(attempt, 'tracks'), input: path.join(attempt, 'input') };
  try {
    await emptyWorkFolders(folders);
    await work(folders);
  } catch (error) {
    // Checked before the folder is removed, since that frees space.
    throw await orDiskFullAt(workspace, error);
  } finally {
    await rm(attempt, { recursive: true, force: true });
    // If this attempt lost its lease, another one may be using the folder already.
    await rmdir(path.dirname(attempt)).catch(() => undefined);
  }
}

/** Removes everything in the folders, which exist afterwards. */
export async function emptyWorkFolders({ attempt, tracks, input }: WorkFolders): Promise<void> {
  await rm(attempt, { recursive: true, force: true });
  for (const folder of [tracks, input]) await mkdir(folder, { recursive: true, mode: 0o700 });
}
