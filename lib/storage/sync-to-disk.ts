import { open } from 'node:fs/promises';

/** Waits until a file's bytes, or a folder's names, survive a power loss. */
export async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
