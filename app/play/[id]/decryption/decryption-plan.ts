import type { ByteRange } from './boxes';
import type { ProtectedSample } from './protected-samples';
import type { TrackProtection } from './track-protection';

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
