import type { FileHandle } from 'node:fs/promises';

/** Rewrites a file in place while it is read from its start; the new content is longer than the old. */
export interface SelfWriter {
  /** @param readTo how far the file has been read: nothing from there on may be overwritten yet */
  add(bytes: Uint8Array, readTo: number): Promise<void>;
}

/** @param from offset in bytes of the first write */
export function writeBehindReads(file: FileHandle, from: number): SelfWriter {
  const waiting: Uint8Array[] = [];
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

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}
