import { FormatError } from '../bytes/fields';
import { fullBox } from './boxes';

/** A segment in an index: its size in bytes, its start, and its duration. */
export interface ListedSegment {
  sizeBytes: number;
  startSeconds: number;
  seconds: number;
}

/**
 * The segments in the payload of a `sidx` box (ISO/IEC 14496-12, 8.16.3), in order; they follow the box.
 * @throws FormatError when it can't be read
 */
export function readSegmentIndex(sidx: Uint8Array): ListedSegment[] {
  const { version, fields } = fullBox(sidx);
  const timescale = fields.skip(4).u32();
  if (timescale === 0) throw new FormatError('A segment index has no time scale.');
  let ticks = version === 0 ? fields.u32() : fields.u64();
  fields.skip(version === 0 ? 4 : 8).skip(2); // first_offset, reserved
  const count = fields.u16();
  const rows = fields.rows(count, 12);
  return Array.from({ length: count }, (_, i) => {
    const [sizeBytes, length] = [rows.getUint32(12 * i) & 0x7fffffff, rows.getUint32(12 * i + 4)];
    const startSeconds = ticks / timescale;
    ticks += length;
    return { sizeBytes, startSeconds, seconds: length / timescale };
  });
}
