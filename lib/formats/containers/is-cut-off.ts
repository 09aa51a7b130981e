import type { FileHandle } from 'node:fs/promises';
import { Fields, FormatError } from '../bytes/fields';
import { boxesOf, withFile } from '../mp4-files/file-boxes';
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
  return withFile(path, async (file) => {
    try {
      return ((await claimedEnd(file)) ?? 0) > (await file.stat()).size;
    } catch (error) {
      if (error instanceof FormatError) return false;
      throw error;
    }
  });
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
  const fields = new Fields(head.subarray(0, bytesRead));
  if (fields.u32() !== ebmlHeader) return null;
  const headerBytes = readSize(fields);
  if (headerBytes === null || fields.skip(headerBytes).u32() !== segment) return null;
  const segmentBytes = readSize(fields);
  return segmentBytes === null ? null : bytesRead - fields.left + segmentBytes;
}

/** RFC 8794, 6.2: a size whose bits are all ones is unknown. @throws FormatError */
function readSize(fields: Fields): number | null {
  const first = fields.u8();
  const moreBytes = Math.clz32(first) - 24;
  if (moreBytes > 7) throw new FormatError('The size of an element has no length.');
  const mask = (1n << BigInt(7 * (moreBytes + 1))) - 1n;
  const value =
    fields.bytes(moreBytes).reduce((sum, byte) => sum * 256n + BigInt(byte), BigInt(first)) & mask;
  return value === mask ? null : Number(value);
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
