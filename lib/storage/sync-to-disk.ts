import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { NotPlainError, readPlainFlags } from './plain-file';

/** The permissions of files and folders: private to their owner by default. */
export interface Modes {
  file: number;
  folder: number;
}
export const ownerModes: Modes = { file: 0o600, folder: 0o700 };

/**
 * Waits until a file's bytes, or a folder's names, survive a power loss.
 * @throws NotPlainError for anything else; the system's error, `ELOOP` for a link
 */
export async function syncToDisk(fileOrFolder: string, modes?: Modes): Promise<void> {
  const handle = await open(fileOrFolder, readPlainFlags);
  try {
    const found = await handle.stat();
    if (!found.isFile() && !found.isDirectory())
      throw new NotPlainError(`"${fileOrFolder}" is neither a regular file nor a folder.`);
    if (modes) await handle.chmod(found.isFile() ? modes.file : modes.folder);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Syncs all files of a folder, and the folder. A folder in it is refused: versions have none. Errors: see
 * syncToDisk.
 */
export async function syncFolder(folder: string, modes?: Modes): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) throw new NotPlainError(`"${path.join(folder, entry.name)}" is not a regular file.`);
    await syncToDisk(path.join(folder, entry.name), modes);
  }
  await syncToDisk(folder, modes);
}
