import { FormatError } from '../bytes/fields';
import { boxesIn, findBox, fullBox } from './boxes';

/** A sample of a fragment. */
interface FragmentSample {
  /** From the start of its `moof`, as MSE requires (`default-base-is-moof`). */
  offset: number;
  sizeBytes: number;
  /** Its duration, and how much later it is displayed than decoded. */
  ticks: number;
  delayTicks: number;
}

/** A `traf` (ISO/IEC 14496-12, 8.8.6). */
export interface TrackFragment {
  /** The decode time of its first sample (`tfdt`); null where it states none. */
  firstTicks: number | null;
  samples: FragmentSample[];
}

/** The values of samples whose fragment has none of its own. */
interface Defaults {
  ticks: number;
  sizeBytes: number;
}

/** `trex` (8.8.3). */
export function readTrackDefaults(payload: Uint8Array): Defaults {
  const { fields } = fullBox(payload);
  return { ticks: fields.skip(8).u32(), sizeBytes: fields.u32() };
}

/** Ten seconds of uncompressed audio have half as many; rows without fields would cost nothing to claim. */
const mostSamples = 1_000_000;

/**
 * Reads a track fragment: `tfhd`, `tfdt` and `trun` (ISO/IEC 14496-12, 8.8.7, 8.8.12 and 8.8.8).
 * @throws FormatError when it can't be read
 */
export function readTrackFragment(traf: Uint8Array, trex: Defaults = noDefaults): TrackFragment {
  const tfhd = findBox(traf, ['tfhd']);
  if (!tfhd) throw new FormatError('A fragment has no tfhd.');
  const defaults = readFragmentDefaults(tfhd, trex);
  const tfdt = findBox(traf, ['tfdt']);
  const samples: FragmentSample[] = [];
  for (const { type, payload } of boxesIn(traf)) if (type === 'trun') readRun(payload, defaults, samples);
  return { firstTicks: tfdt ? readDecodeTime(tfdt) : null, samples };
}

const noDefaults: Defaults = { ticks: 0, sizeBytes: 0 };

function readFragmentDefaults(tfhd: Uint8Array, trex: Defaults): Defaults {
  const { flags, fields } = fullBox(tfhd);
  // The track's id, and optionally the base data offset and the index of the sample description.
  fields.skip(4 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0));
  const ticks = flags & 0x8 ? fields.u32() : trex.ticks;
  return { ticks, sizeBytes: flags & 0x10 ? fields.u32() : trex.sizeBytes };
}

function readDecodeTime(tfdt: Uint8Array): number {
  const { version, fields } = fullBox(tfdt);
  return version === 1 ? fields.u64() : fields.u32();
}

/** `trun`: flags name the fields of each sample. Without an offset, it continues after the last sample. */
function readRun(trun: Uint8Array, defaults: Defaults, samples: FragmentSample[]): void {
  const { flags, fields } = fullBox(trun);
  const count = fields.u32();
  if (samples.length + count > mostSamples) throw new FormatError('A fragment has too many samples.');
  const last = samples.at(-1);
  let offset = flags & 0x1 ? fields.i32() : last ? last.offset + last.sizeBytes : 0;
  if (flags & 0x4) fields.skip(4); // first_sample_flags
  const widths = [0x100, 0x200, 0x400, 0x800].map((flag) => (flags & flag ? 4 : 0));
  const [ticksBytes = 0, sizeBytesBytes = 0, flagsBytes = 0, delayBytes = 0] = widths;
  const rowBytes = ticksBytes + sizeBytesBytes + flagsBytes + delayBytes;
  const rows = fields.rows(count, rowBytes);
  for (let i = 0, at = 0; i < count; i++, at += rowBytes) {
    const ticks = ticksBytes ? rows.getUint32(at) : defaults.ticks;
    const sizeBytes = sizeBytesBytes ? rows.getUint32(at + ticksBytes) : defaults.sizeBytes;
    // Delays are unsigned in version 0, but none is large enough to make a difference.
    const delayTicks = delayBytes ? rows.getInt32(at + rowBytes - 4) : 0;
    samples.push({ offset, sizeBytes, ticks, delayTicks });
    offset += sizeBytes;
  }
}

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
