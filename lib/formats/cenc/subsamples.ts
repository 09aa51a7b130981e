import type { NalUnits } from '../mp4/clear-track';
import type { Subsample } from './sample-encryption';

const blockBytes = 16;

/**
 * `saiz` holds the size of a sample's `senc` entry in one byte: IV (8), count (2), and 6 for each subsample.
 */
export const maxSubsamples = Math.floor((255 - 10) / 6);

/**
 * Size of a NAL unit's header, and whether a unit is a slice: ITU-T H.264, 7.3.1 and table 7-1; H.265,
 * 7.3.1.2 and table 7-1.
 */
const kinds = {
  h264: { headerBytes: 1, isSlice: (first: number) => [1, 2, 3, 4, 5, 19, 20, 21].includes(first & 0x1f) },
  hevc: { headerBytes: 2, isSlice: (first: number) => ((first >> 1) & 0x3f) < 32 },
};

/**
 * The protected ranges of a sample of NAL units (ISO/IEC 23001-7, 9.5.2.2 and 10.1): each slice after its
 * header, in whole blocks. Parameter sets and SEI messages stay readable. A sample with more slices than
 * `saiz` can describe is protected as if it were one slice.
 */
export function subsamplesOf(sample: Uint8Array, { codec, lengthBytes }: NalUnits): Subsample[] {
  const { headerBytes, isSlice } = kinds[codec];
  const found: Subsample[] = [];
  let clearBytes = 0;
  for (let at = 0; at < sample.length; ) {
    const unitBytes = unitAt(sample, at, lengthBytes);
    const body = unitBytes - lengthBytes - headerBytes;
    const hidden = body > 0 && isSlice(sample[at + lengthBytes] ?? 0) ? body - (body % blockBytes) : 0;
    clearBytes += unitBytes - hidden;
    at += unitBytes;
    if (hidden === 0 && at < sample.length) continue;
    found.push(...split(clearBytes, hidden));
    clearBytes = 0;
  }
  if (found.length <= maxSubsamples) return found;
  const body = sample.length - lengthBytes - headerBytes;
  const hidden = body - (body % blockBytes);
  return [{ clearBytes: sample.length - hidden, protectedBytes: hidden }];
}

/**
 * The size of a NAL unit with its length field. A unit whose length exceeds the sample ends with the sample.
 */
function unitAt(sample: Uint8Array, at: number, lengthBytes: number): number {
  const left = sample.length - at;
  return left <= lengthBytes ? left : Math.min(lengthBytes + lengthAt(sample, at, lengthBytes), left);
}

/** A length field of one to four bytes. */
function lengthAt(sample: Uint8Array, at: number, lengthBytes: number): number {
  let value = 0;
  for (let i = at; i < at + lengthBytes; i++) value = value * 256 + (sample[i] ?? 0);
  return value;
}

/** The count of clear bytes has two bytes: a longer clear range is split. */
function split(clearBytes: number, protectedBytes: number): Subsample[] {
  const full = Math.floor(Math.max(0, clearBytes - 1) / 0xffff);
  const before = Array.from({ length: full }, () => ({ clearBytes: 0xffff, protectedBytes: 0 }));
  return [...before, { clearBytes: clearBytes - full * 0xffff, protectedBytes }];
}
