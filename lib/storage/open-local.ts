import type { OpenFile } from './artifact-store';
import { openPlainFile } from './plain-file';

/** Opens a file on the local disk, to be read in chunks; links are refused. Errors: see openPlainFile. */
export async function openLocal(file: string): Promise<OpenFile> {
  const handle = await openPlainFile(file);
  return {
    readInto: async (memory, fromByte) => (await handle.read(memory, 0, memory.length, fromByte)).bytesRead,
    close: () => handle.close(),
  };
}
