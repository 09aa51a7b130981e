import type { FileHandle } from 'node:fs/promises';

/** Writes a file anew into itself while it is read from its start, with more in it than before. */
export interface SelfWriter {
  /** @param readTo up to where the file has been read: nothing from there on may be written over yet */
  add(bytes: Buffer, readTo: number): Promise<void>;
}

/** @param from where in the file the first bytes go */
export function writeBehindReads(file: FileHandle, from: number): SelfWriter {
  const waiting: Buffer[] = [];
  let at = from;
  return {
    async add(bytes, readTo) {
      waiting.push(bytes);
      for (let next = waiting[0]; next && at + next.length <= readTo; next = waiting[0]) {
        await writeAll(file, next, at);
        at += next.length;
        waiting.shift();
      }
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}
