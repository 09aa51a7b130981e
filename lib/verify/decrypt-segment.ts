import { createDecipheriv } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { FormatError } from '@/lib/formats/bytes/fields';
import { protectedRanges, type SampleEncryption } from '@/lib/formats/cenc/sample-encryption';
import { type SegmentSample, segmentSamples } from '@/lib/formats/cenc/segment-samples';
import type { TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import type { ContentKey } from '@/lib/media/content-key';
import { type StoredFrame, storedFrame } from './stored-frames';

/** Decrypting this much blocks other requests for some 10 ms. */
const bytesAtOnce = 4 * 1024 * 1024;

/**
 * Decrypts the frames of a media segment one by one, and yields their sizes and checksums.
 * @throws AppError `verify-failed` when it can't be read, or a frame is in the clear
 */
export async function* decryptSegment(
  segment: Uint8Array,
  track: TrackEncryption,
  { keyHex }: ContentKey,
  signal: AbortSignal,
): AsyncGenerator<StoredFrame> {
  const key = Buffer.from(keyHex, 'hex');
  let sinceTurn = 0;
  for (const { start, end, encryption } of readSegment(segment, track)) {
    if (!encryption)
      throw new AppError('verify-failed', 'A segment of a track was written without encryption.');
    yield storedFrame(decryptFrame(segment.subarray(start, end), encryption, track, key));
    sinceTurn += end - start;
    if (sinceTurn < bytesAtOnce) continue;
    sinceTurn = 0;
    await nextTurn();
    signal.throwIfAborted();
  }
}

/** The samples of a media segment (see segmentSamples). @throws AppError `verify-failed` */
export function readSegment(segment: Uint8Array, track: TrackEncryption | null): SegmentSample[] {
  try {
    return segmentSamples(segment, track);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AppError('verify-failed', 'A segment of a track cannot be read.', { cause });
  }
}

const blockBytes = 16;

/** Returns a decrypted copy of a frame, by the schemes `cenc` and `cbcs` (ISO/IEC 23001-7, 10.1 and 10.4). */
export function decryptFrame(
  frame: Uint8Array,
  { iv, subsamples }: SampleEncryption,
  { scheme, pattern }: TrackEncryption,
  key: Uint8Array,
): Uint8Array {
  const clear = new Uint8Array(frame);
  const ranges = protectedRanges({ start: 0, end: clear.length }, subsamples).map(({ start, end }) =>
    clear.subarray(start, end),
  );
  const block = new Uint8Array(blockBytes);
  block.set(iv);
  if (scheme === 'cenc') decryptCounter(ranges, block, key);
  else for (const range of ranges) decryptPattern(range, block, key, pattern);
  return clear;
}

/**
 * The key stream continues from one range to the next (ISO/IEC 23001-7, 9.5.2.3). An IV of 8 bytes is the
 * counter's first half.
 */
function decryptCounter(ranges: Uint8Array[], counter: Uint8Array, key: Uint8Array): void {
  const decipher = createDecipheriv('aes-128-ctr', key, counter);
  for (const range of ranges) range.set(decipher.update(range));
}

/**
 * Each range begins with the IV again; a partial last block is in the clear (ISO/IEC 23001-7, 9.5.1 and 9.6).
 */
function decryptPattern(
  range: Uint8Array,
  iv: Uint8Array,
  key: Uint8Array,
  { crypt, skip }: TrackEncryption['pattern'],
): void {
  const stride = (crypt + skip || 1) * blockBytes;
  const encrypted: Uint8Array[] = [];
  for (let at = 0; at + blockBytes <= range.length; at += stride) {
    const left = Math.floor((range.length - at) / blockBytes);
    encrypted.push(range.subarray(at, at + Math.min(crypt || 1, left) * blockBytes));
  }
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  const clear = decipher.update(Buffer.concat(encrypted));
  let at = 0;
  for (const part of encrypted) {
    part.set(clear.subarray(at, at + part.length));
    at += part.length;
  }
}
