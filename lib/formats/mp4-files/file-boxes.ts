import { type FileHandle, open } from 'node:fs/promises';
import { FormatError, viewOf } from '../bytes/fields';
import { findBox, readBoxHead } from '../mp4/boxes';

/** The place of a box in its file, in bytes. Its end may lie beyond that of a file that is cut off. */
export interface BoxPlace {
  type: string;
  start: number;
  payloadStart: number;
  end: number;
}

/**
 * The consecutive boxes of a file, or of a part of it (ISO/IEC 14496-12, 4.2), up to bytes that are no box.
 * Only their headers are read.
 */
export async function* boxesOf(
  file: FileHandle,
  within?: { start: number; end: number },
): AsyncGenerator<BoxPlace> {
  const { start: first, end: last } = within ?? { start: 0, end: (await file.stat()).size };
  const bytes = Buffer.alloc(16);
  for (let start = first; start < last; ) {
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const head = readBoxHead(viewOf(bytes.subarray(0, bytesRead)), 0, last - start);
    const end = start + (head?.sizeBytes ?? Number.POSITIVE_INFINITY);
    if (!head || !Number.isSafeInteger(end)) return;
    yield { type: head.type, start, payloadStart: start + head.headBytes, end };
    start = end;
  }
}

/** The tables of a video of a hundred hours have 300 MB. */
const mostPartBytes = 1024 ** 3;

/** @throws FormatError when the file ends before, or the part is larger than any that is needed */
export async function readPart(file: FileHandle, from: number, to: number): Promise<Buffer> {
  if (to < from || to - from > mostPartBytes || !Number.isSafeInteger(to))
    throw new FormatError('A part of the file has no valid size.');
  const bytes = Buffer.allocUnsafeSlow(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) throw new FormatError('The file ends too early.');
    filled += bytesRead;
  }
  return bytes;
}

/** The payload of a box. Errors: see readPart. */
export const readPayload = (file: FileHandle, { payloadStart, end }: BoxPlace): Promise<Buffer> =>
  readPart(file, payloadStart, end);

/** The payload of the first `trak` of a file. @throws FormatError when there is none */
export async function readFirstTrak(file: FileHandle): Promise<Buffer> {
  for await (const place of boxesOf(file)) {
    const trak = place.type === 'moov' && findBox(await readPayload(file, place), ['trak']);
    if (trak) return trak;
  }
  throw new FormatError('The file has no track.');
}

/** Opens a file for reading while it is used. */
export async function withFile<Result>(
  path: string,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
