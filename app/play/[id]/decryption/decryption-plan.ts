import type { ByteRange } from './boxes';
import type { ProtectedSample } from './protected-samples';
import type { TrackProtection } from './track-protection';

/** Ranges of a segment that are one message of AES, joined in this order, from one initialization vector on. */
export interface CipherRun {
  /** 16 bytes: the first counter block of `cenc`, the vector of `cbcs`. */
  iv: Uint8Array;
  ranges: ByteRange[];
}

export const blockBytes = 16;

/**
 * What to hand to AES. In `cenc` a sample is one message: its counter goes on from one range to the next (ISO/IEC 23001-7,
 * 9.5.2.3). In `cbcs` each range is one, of its encrypted blocks alone, and a last block that is not full is in the clear
 * (9.6, 10.4). A vector of 8 bytes is the first half of the counter block.
 */
export function decryptionPlan(
  samples: ProtectedSample[],
  { scheme, pattern }: TrackProtection,
): CipherRun[] {
  const runs = samples.flatMap(({ iv, ranges }): CipherRun[] => {
    const block = new Uint8Array(blockBytes);
    block.set(iv);
    if (scheme === 'cenc') return [{ iv: block, ranges }];
    return ranges.map((range) => ({ iv: block, ranges: encryptedBlocks(range, pattern) }));
  });
  return runs.filter(({ ranges }) => ranges.length > 0);
}

function encryptedBlocks(
  { start, end }: ByteRange,
  { crypt, skip }: TrackProtection['pattern'],
): ByteRange[] {
  const wholeEnd = start + Math.floor((end - start) / blockBytes) * blockBytes;
  if (skip === 0) return wholeEnd > start ? [{ start, end: wholeEnd }] : [];
  const ranges: ByteRange[] = [];
  for (let at = start; at < wholeEnd; at += (crypt + skip) * blockBytes) {
    ranges.push({ start: at, end: Math.min(at + crypt * blockBytes, wholeEnd) });
  }
  return ranges;
}
