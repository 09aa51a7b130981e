import type { FileHandle } from 'node:fs/promises';
import { readPart } from './file-boxes';

/** Types of NAL units (ISO/IEC 14496-10, table 7-1). */
export const nal = { slice: 1, idr: 5, sps: 7, pps: 8 };

interface NalUnit {
  type: number;
  /** The whole unit for parameter sets; for others, possibly only its start. */
  bytes: Uint8Array;
}

const readAheadBytes = 1024;

/**
 * The NAL units of a sample in a file, each after its length (ISO/IEC 14496-15, 4.3.3), up to the first
 * slice.
 * Errors: see readPart.
 */
export async function* firstUnits(
  file: FileHandle,
  start: number,
  end: number,
  lengthBytes: number,
): AsyncGenerator<NalUnit> {
  let at = start;
  while (at + lengthBytes < end) {
    const head = await readPart(file, at, Math.min(end, at + readAheadBytes));
    let offset = 0;
    while (offset + lengthBytes < head.length) {
      const sizeBytes = head.readUIntBE(offset, lengthBytes);
      const first = offset + lengthBytes;
      const type = head.readUInt8(first) & 0x1f;
      const isWhole = first + sizeBytes <= head.length;
      const isSet = type === nal.sps || type === nal.pps;
      if (isSet && !isWhole && offset > 0) break;
      const bytes =
        isSet && !isWhole
          ? await readPart(file, at + first, Math.min(end, at + first + sizeBytes))
          : head.subarray(first, first + sizeBytes);
      yield { type, bytes };
      if (type >= nal.slice && type <= nal.idr) return;
      offset = first + sizeBytes;
    }
    if (offset === 0) return;
    at += offset;
  }
}
