import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Waits until a file's bytes, or a folder's names, survive a power loss. */
export async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same for all files of a folder, and for the folder. */
export async function syncFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await syncToDisk(path.join(folder, name));
  await syncToDisk(folder);
}
