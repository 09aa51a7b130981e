import type { NalUnits } from '@/lib/mp4/clear-track';
import type { Subsample } from '@/lib/mp4/subsample';

const blockBytes = 16;

/** `saiz` tells the size of what is said of a sample in one byte: IV (8), count (2), and 6 for each. */
export const mostSubsamples = Math.floor((255 - 10) / 6);

/** A NAL unit's header, and whether a unit is a slice of a picture: by ITU-T H.264, 7.3.1 and table 7-1; H.265, 7.3.1.2 and 7-1. */
const kinds = {
  h264: { headerBytes: 1, isSlice: (first: number) => [1, 2, 3, 4, 5, 19, 20, 21].includes(first & 0x1f) },
  hevc: { headerBytes: 2, isSlice: (first: number) => ((first >> 1) & 0x3f) < 32 },
};

/**
 * What of a sample of NAL units is protected (ISO/IEC 23001-7, 9.5.2.2 and 10.1): each slice behind its header, in whole
 * blocks. Parameter sets and messages stay readable. Of more slices than can be told, all is protected as if it were one.
 */
export function subsamplesOf(sample: Buffer, { codec, lengthBytes }: NalUnits): Subsample[] {
  const { headerBytes, isSlice } = kinds[codec];
  const found: Subsample[] = [];
  let clearBytes = 0;
  for (let at = 0; at < sample.length; ) {
    const unitBytes = unitAt(sample, at, lengthBytes);
    const body = unitBytes - lengthBytes - headerBytes;
    const hidden = body > 0 && isSlice(sample.readUInt8(at + lengthBytes)) ? body - (body % blockBytes) : 0;
    clearBytes += unitBytes - hidden;
    at += unitBytes;
    if (hidden === 0 && at < sample.length) continue;
    found.push(...split(clearBytes, hidden));
    clearBytes = 0;
  }
  if (found.length <= mostSubsamples) return found;
  const body = sample.length - lengthBytes - headerBytes;
  const hidden = body - (body % blockBytes);
  return [{ clearBytes: sample.length - hidden, protectedBytes: hidden }];
}

/** With its length field. A length that says more than there is ends with the sample. */
function unitAt(sample: Buffer, at: number, lengthBytes: number): number {
  const left = sample.length - at;
  return left <= lengthBytes ? left : Math.min(lengthBytes + sample.readUIntBE(at, lengthBytes), left);
}

/** Clear bytes are told in two bytes. */
function split(clearBytes: number, protectedBytes: number): Subsample[] {
  const full = Math.floor(Math.max(0, clearBytes - 1) / 0xffff);
  const before = Array.from({ length: full }, () => ({ clearBytes: 0xffff, protectedBytes: 0 }));
  return [...before, { clearBytes: clearBytes - full * 0xffff, protectedBytes }];
}
