import { FormatError, viewOf } from '../bytes/fields';
import { fullBox } from '../mp4/boxes';
import type { TrackEncryption } from './track-encryption';

/** Bytes in the clear, and protected bytes after them (ISO/IEC 23001-7, 9.5.2). */
export interface Subsample {
  clearBytes: number;
  protectedBytes: number;
}

/** How a sample is encrypted. */
export interface SampleEncryption {
  /** 8 or 16 bytes. */
  iv: Uint8Array;
  /** Null where the whole sample is protected. */
  subsamples: Subsample[] | null;
}

/** Where an entry of `senc` ends, beside what it says. */
interface Entry extends SampleEncryption {
  end: number;
}

const hasSubsamples = 0x2;

/**
 * The entries of a `senc` box (ISO/IEC 23001-7, 7.2). `constantIv` is used where samples have no
 * initialization vector of their own (`ivBytes` is 0).
 * @param most the number of samples in the fragment; entries may have no bytes, so their count is no limit
 * @throws FormatError when it ends too early, or has more entries
 */
export function readSampleEncryption(
  senc: Uint8Array,
  { ivBytes, constantIv }: Pick<TrackEncryption, 'ivBytes' | 'constantIv'>,
  most: number,
): SampleEncryption[] {
  const { flags, fields } = fullBox(senc);
  const count = fields.u32();
  if (count > most) throw new FormatError('A fragment describes the encryption of more samples than it has.');
  const samples: SampleEncryption[] = [];
  for (let i = 0, at = 8; i < count; i++) {
    const entry = readEntry(senc, at, ivBytes, (flags & hasSubsamples) !== 0);
    samples.push({ iv: ivBytes > 0 ? entry.iv : constantIv, subsamples: entry.subsamples });
    at = entry.end;
  }
  return samples;
}

/** Reads an entry of `senc` on its own. @throws FormatError when it ends too early */
export function readEntry(senc: Uint8Array, start: number, ivBytes: number, isDivided: boolean): Entry {
  const at = start + ivBytes;
  const iv = senc.subarray(start, at);
  const view = viewOf(senc);
  const count = isDivided && at + 2 <= senc.length ? view.getUint16(at) : 0;
  const end = isDivided ? at + 2 + 6 * count : at;
  if (end > senc.length) throw new FormatError('A senc ends too early.');
  if (!isDivided) return { iv, subsamples: null, end };
  const subsamples: Subsample[] = [];
  for (let row = at + 2; row < end; row += 6)
    subsamples.push({ clearBytes: view.getUint16(row), protectedBytes: view.getUint32(row + 2) });
  return { iv, subsamples, end };
}

/** Writes an entry of `senc`; without subsamples, the whole sample is protected. */
export function writeEntry(iv: bigint, subsamples: Subsample[] | null): Uint8Array {
  const bytes = new Uint8Array(ivBytesWritten + (subsamples ? 2 + 6 * subsamples.length : 0));
  const view = viewOf(bytes);
  view.setBigUint64(0, iv);
  if (!subsamples) return bytes;
  view.setUint16(ivBytesWritten, subsamples.length);
  for (const [i, { clearBytes, protectedBytes }] of subsamples.entries()) {
    const at = ivBytesWritten + 2 + 6 * i;
    view.setUint16(at, clearBytes);
    view.setUint32(at + 2, protectedBytes);
  }
  return bytes;
}

/** The size of the initialization vectors that writeEntry writes. */
export const ivBytesWritten = 8;

/** A range of bytes, `end` not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The protected ranges of a sample; empty ones are left out.
 * @throws FormatError when its subsamples are longer than it is
 */
export function protectedRanges(sample: ByteRange, subsamples: Subsample[] | null): ByteRange[] {
  if (!subsamples) return [sample];
  const ranges: ByteRange[] = [];
  let at = sample.start;
  for (const { clearBytes, protectedBytes } of subsamples) {
    const start = at + clearBytes;
    at = start + protectedBytes;
    if (at > start) ranges.push({ start, end: at });
  }
  if (at > sample.end) throw new FormatError('The subsamples of a sample are longer than it is.');
  return ranges;
}
