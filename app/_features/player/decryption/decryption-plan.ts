import { type ByteRange, protectedRanges } from '@/lib/formats/cenc/sample-encryption';
import type { SegmentSample } from '@/lib/formats/cenc/segment-samples';
import type { TrackEncryption } from '@/lib/formats/cenc/track-encryption';

/** Ranges of a segment that form one AES message, joined in this order, with one initialization vector. */
export interface CipherRun {
  /** 16 bytes: the first counter block for `cenc`, the IV for `cbcs`. */
  iv: Uint8Array;
  ranges: ByteRange[];
}

export const blockBytes = 16;

/**
 * The AES messages of a segment. In `cenc` a sample is one message: its counter continues from one range to
 * the next (ISO/IEC 23001-7, 9.5.2.3). In `cbcs` each range is one message of its encrypted blocks only, and
 * a partial last block is in the clear (9.6, 10.4). An IV of 8 bytes is the first half of the counter block.
 */
export function decryptionPlan(samples: SegmentSample[], { scheme, pattern }: TrackEncryption): CipherRun[] {
  const runs = samples.flatMap((sample): CipherRun[] => {
    if (!sample.encryption) return [];
    const ranges = protectedRanges(sample, sample.encryption.subsamples);
    const block = new Uint8Array(blockBytes);
    block.set(sample.encryption.iv);
    if (scheme === 'cenc') return [{ iv: block, ranges }];
    return ranges.map((range) => ({ iv: block, ranges: encryptedBlocks(range, pattern) }));
  });
  return runs.filter(({ ranges }) => ranges.length > 0);
}

function encryptedBlocks(
  { start, end }: ByteRange,
  { crypt, skip }: TrackEncryption['pattern'],
): ByteRange[] {
  const wholeEnd = start + Math.floor((end - start) / blockBytes) * blockBytes;
  if (skip === 0) return wholeEnd > start ? [{ start, end: wholeEnd }] : [];
  const ranges: ByteRange[] = [];
  for (let at = start; at < wholeEnd; at += (crypt + skip) * blockBytes) {
    ranges.push({ start: at, end: Math.min(at + crypt * blockBytes, wholeEnd) });
  }
  return ranges;
}
