import { type FileHandle, open } from 'node:fs/promises';
import { findBox } from '@/lib/formats/mp4/boxes';
import { readClearTrack, sampleRangesIn } from '@/lib/formats/mp4/clear-track';
import { boxesOf, readPart } from './file-boxes';

/**
 * The NAL unit type of a slice of an IDR picture; 1 to 4 are slices of other pictures (ITU-T H.264, table
 * 7-1).
 */
const idrSlice = 5;

/**
 * Whether each keyframe of a plain MP4 with one video track is a stream access point of type 1 (ISO/IEC
 * 14496-12, annex I): in H.264 an IDR picture, since MP4 also marks recovery points of open GOPs as sync
 * samples. True for codecs without NAL units, false for others that are not H.264, and for a file that can't
 * be read.
 */
export async function startsWithIdr(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const moov = await readMoov(file);
    const trak = moov && findBox(moov, ['trak']);
    if (!trak) return false;
    const { units, chunks } = readClearTrack(trak);
    if (units === null) return true;
    if (units.codec !== 'h264') return false;
    const sync = syncSamples(trak);
    for (const chunk of chunks) {
      for (const [i, [from, to]] of sampleRangesIn(chunk).entries()) {
        if (sync && !sync.has(chunk.firstSample + i + 1)) continue;
        const isIdr = await beginsWithIdr(file, chunk.offset + from, chunk.offset + to, units.lengthBytes);
        if (!isIdr) return false;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}

async function readMoov(file: FileHandle): Promise<Buffer | null> {
  for await (const { type, start, end } of boxesOf(file))
    if (type === 'moov') return (await readPart(file, start, end)).subarray(8);
  return null;
}

/** `stss` (ISO/IEC 14496-12, 8.6.2), by numbers from 1; null where all samples are keyframes. */
function syncSamples(trak: Buffer): Set<number> | null {
  const stss = findBox(trak, ['mdia', 'minf', 'stbl', 'stss']);
  if (!stss) return null;
  const count = Math.min(stss.readUInt32BE(4), (stss.length - 8) / 4);
  return new Set(Array.from({ length: count }, (_, i) => stss.readUInt32BE(8 + 4 * i)));
}

/**
 * Whether the first slice of a sample belongs to an IDR picture; only the headers of its NAL units are read.
 */
async function beginsWithIdr(
  file: FileHandle,
  from: number,
  to: number,
  lengthBytes: number,
): Promise<boolean> {
  for (let at = from; at + lengthBytes < to; ) {
    const head = await readPart(file, at, at + lengthBytes + 1);
    const type = head.readUInt8(lengthBytes) & 0x1f;
    if (type >= 1 && type <= idrSlice) return type === idrSlice;
    at += lengthBytes + head.readUIntBE(0, lengthBytes);
  }
  return false;
}
