import type { FileHandle } from 'node:fs/promises';
import { encryptedTypes } from '../cenc/track-encryption';
import { fieldBytes } from '../mp4/boxes';
import { boxesOf, withFile } from './file-boxes';

/** The path of sample descriptions (ISO/IEC 14496-12, 8.5.2). */
const pathOfEntries = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
/** Encrypted video and audio, and FairPlay from Apple's stores. */
const foreignTypes: string[] = [...encryptedTypes, 'drmi', 'drms'];

/** Each box takes a read of 16 bytes; no plausible upload has more. */
const mostBoxes = 10_000;

/**
 * Whether an MP4 from outside describes encrypted samples, wherever its tables are. Packets alone do not show
 * it: those of a clear lead are not encrypted. Only box headers are read.
 */
export const hasEncryptedEntries = (path: string): Promise<boolean> =>
  withFile(path, async (file) => {
    const { size } = await file.stat();
    return search(file, { start: 0, end: size }, pathOfEntries, { boxes: mostBoxes });
  });

/** Searches for encrypted entries at the end of a path of types in a part of a file. */
async function search(
  file: FileHandle,
  within: { start: number; end: number },
  [wanted, ...rest]: string[],
  left: { boxes: number },
): Promise<boolean> {
  for await (const { type, payloadStart, end } of boxesOf(file, within)) {
    left.boxes -= 1;
    if (left.boxes < 0) return false;
    if (wanted === undefined) {
      if (foreignTypes.includes(type)) return true;
    } else if (type === wanted) {
      const start = payloadStart + (wanted === 'stsd' ? fieldBytes.stsd : 0);
      if (await search(file, { start, end: Math.min(end, within.end) }, rest, left)) return true;
      // Players use the first tables of a file.
      if (wanted === 'moov') return false;
    }
  }
  return false;
}
