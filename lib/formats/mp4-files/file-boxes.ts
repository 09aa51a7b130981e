import type { FileHandle } from 'node:fs/promises';

/** The place of a box in its file, in bytes. */
export interface BoxPlace {
  type: string;
  start: number;
  end: number;
}

/**
 * The consecutive boxes of a file (ISO/IEC 14496-12, 4.2).
 * @throws RangeError when one has no size
 */
export async function* boxesOf(file: FileHandle): AsyncGenerator<BoxPlace> {
  const head = Buffer.alloc(16);
  let start = 0;
  while ((await file.read(head, 0, head.length, start)).bytesRead >= 8) {
    const short = head.readUInt32BE(0);
    const sizeBytes = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (sizeBytes < 8) throw new RangeError('A box of the file has no size.');
    yield { type: head.toString('latin1', 4, 8), start, end: start + sizeBytes };
    start += sizeBytes;
  }
}

/** @throws RangeError when the file ends before */
export async function readPart(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) throw new RangeError('The file ends too early.');
    filled += bytesRead;
  }
  return bytes;
}
