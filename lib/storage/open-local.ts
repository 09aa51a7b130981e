import { open } from 'node:fs/promises';
import type { OpenFile } from './store';

/** Opens a file on the local disk, to be read in pieces. */
export async function openLocal(file: string): Promise<OpenFile> {
  const handle = await open(file);
  return {
    readInto: async (memory, fromByte) => (await handle.read(memory, 0, memory.length, fromByte)).bytesRead,
    close: () => handle.close(),
  };
}
