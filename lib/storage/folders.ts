import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Where a file is received before it becomes a video. */
export const incomingFolder = (root: string) => path.join(root, 'incoming');
/** Where jobs build versions, one folder for each attempt. */
export const workFolder = (root: string) => path.join(root, 'work');
export const databaseFile = (root: string) => path.join(root, 'cenclave.db');
export const instanceLockFile = (root: string) => path.join(root, 'instance.lock');
export const masterKeyFile = (root: string) => path.join(root, 'master.key');

/**
 * Makes the folders, and empties those that hold unfinished things: at start, whatever is in them was left by a process
 * that died.
 */
export async function prepareFolders(root: string): Promise<void> {
  for (const folder of [incomingFolder(root), workFolder(root)]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
}
