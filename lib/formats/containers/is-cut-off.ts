import { type FileHandle, open } from 'node:fs/promises';
import { boxesOf } from '@/lib/formats/mp4-files/file-boxes';
import { asfFileProperties } from './asf-file-properties';

/**
 * Whether a file is shorter than its outermost structure says, as after an interrupted upload. `container` is
 * FFmpeg's name for it. A container that does not state its length, such as MPEG-TS or FLV, never counts as
 * cut off.
 */
export async function isCutOff(path: string, container: string): Promise<boolean> {
  const names = container.split(',');
  const [, claimedEnd] = Object.entries(claimedEnds).find(([name]) => names.includes(name)) ?? [];
  if (!claimedEnd) return false;
  const file = await open(path, 'r');
  try {
    return ((await claimedEnd(file)) ?? 0) > (await file.stat()).size;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}

/** The end of a file, in bytes, as its structure states it; null where it does not. */
type ClaimedEnd = (file: FileHandle) => Promise<number | null>;

const claimedEnds: Record<string, ClaimedEnd> = {
  mov: endOfBoxes,
  matroska: endOfSegment,
  avi: endOfRiff,
  wav: endOfRiff,
  asf: async (file) => (await asfFileProperties(file))?.sizeBytes ?? null,
};

/** A recording of 48 hours has one pair of boxes a second at most. */
const mostBoxes = 400_000;
/** ISO/IEC 14496-12, 4.2: a file counts as cut off only when its last box is one of these. */
const mediaBoxes = ['mdat', 'moof'];

async function endOfBoxes(file: FileHandle): Promise<number | null> {
  let boxes = 0;
  let last = { type: '', end: 0 };
  for await (const box of boxesOf(file)) {
    last = box;
    boxes += 1;
    if (boxes > mostBoxes) return null;
  }
  return mediaBoxes.includes(last.type) ? last.end : null;
}

const ebmlHeader = 0x1a45dfa3;
const segment = 0x18538067;

/**
 * RFC 8794, 4 to 6, and RFC 9559, 5.1: the segment follows the EBML header and extends to the end of the
 * file.
 */
async function endOfSegment(file: FileHandle): Promise<number | null> {
  const head = Buffer.alloc(4096);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const bytes = head.subarray(0, bytesRead);
  if (bytes.readUInt32BE(0) !== ebmlHeader) return null;
  const header = dataSize(bytes, 4);
  if (header.value === null) return null;
  const at = header.end + header.value;
  if (bytes.readUInt32BE(at) !== segment) return null;
  const { value, end } = dataSize(bytes, at + 4);
  return value === null ? null : end + value;
}

/** RFC 8794, 6.2: a size whose bits are all ones is unknown. @throws RangeError */
function dataSize(bytes: Buffer, at: number): { value: number | null; end: number } {
  const length = Math.clz32(bytes.readUInt8(at)) - 23;
  if (length > 8) throw new RangeError('The size of an element has no length.');
  const bits = BigInt(7 * length);
  const mask = (1n << bits) - 1n;
  const text = bytes.toString('hex', at, at + length);
  if (text.length < 2 * length) throw new RangeError('The file ends in an element.');
  const value = BigInt(`0x${text}`) & mask;
  return { value: value === mask ? null : Number(value), end: at + length };
}

const unknownSize = 0xffffffff;

/** The end of consecutive RIFF chunks: OpenDML splits an AVI file over 1 GB into several. */
async function endOfRiff(file: FileHandle): Promise<number | null> {
  const head = Buffer.alloc(8);
  let end = 0;
  while ((await file.read(head, 0, head.length, end)).bytesRead === head.length) {
    const sizeBytes = head.readUInt32LE(4);
    if (head.toString('latin1', 0, 4) !== 'RIFF' || sizeBytes === 0 || sizeBytes === unknownSize) break;
    end += head.length + sizeBytes + (sizeBytes % 2);
  }
  return end;
}
