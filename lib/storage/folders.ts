import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/base/errors';

/** The folder where a file is received before it becomes a video. */
export const incomingFolder = (root: string) => path.join(root, 'incoming');
/** The folder for uploads that may come in several requests; they survive a restart. */
export const resumableFolder = (root: string) => path.join(root, 'incoming-resumable');
/** The folder of the processes that work on the storage, one folder for each: see server/instance.ts. */
export const workFolder = (root: string) => path.join(root, 'work');
/** The folder of records of running process groups: one file each, named after the id of the leader. */
export const runningFolder = (root: string) => path.join(root, 'running');
export const databaseFile = (root: string) => path.join(root, 'cenclave.db');
/** The store's folders below the root: everything in them belongs to a row of the database. */
export const storeFolders = {
  uploads: 'uploads',
  texts: 'texts',
  posters: 'posters',
  packages: 'packages',
} as const;
export const instanceLockFile = (root: string) => path.join(root, 'instance.lock');
/** While a protected server has no administrator: the token of its setup. */
export const setupTokenFile = (root: string) => path.join(root, 'setup-token');
export const masterKeyFile = (root: string) => path.join(root, 'master.key');

/**
 * Creates the folders, and empties the one for received files: at start, its content was left by a server
 * that died.
 * @param isShared whether this process's group may read packages and posters
 * @throws AppError `setting-invalid` where a folder is a link
 */
export async function prepareFolders(root: string, isShared = false): Promise<void> {
  await rm(incomingFolder(root), { recursive: true, force: true });
  for (const folder of [incomingFolder(root), resumableFolder(root), workFolder(root)])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  // Uploads are stored in the clear: other users of this machine must not read them.
  const shared: string[] = isShared ? [storeFolders.packages, storeFolders.posters] : [];
  for (const name of Object.values(storeFolders)) {
    const folder = path.join(root, name);
    await mkdir(folder, { recursive: true });
    if ((await lstat(folder)).isSymbolicLink()) throw isLink(folder);
    await chmod(folder, shared.includes(name) ? 0o750 : 0o700);
  }
}

const isLink = (folder: string) =>
  new AppError(
    'setting-invalid',
    `"${folder}" is a symbolic link. Set STORAGE_DIR to a folder that contains the files themselves.`,
    {
      field: 'STORAGE_DIR',
    },
  );
