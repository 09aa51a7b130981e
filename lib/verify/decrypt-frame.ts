import { createDecipheriv } from 'node:crypto';
import type { Subsample } from '@/lib/formats/cenc/subsample';
import type { EncryptedFrame } from './fragment-frames';
import type { TrackEncryption } from './track-encryption';

const blockBytes = 16;

/** Decrypts a frame by the schemes `cenc` and `cbcs` (ISO/IEC 23001-7, 10.1 and 10.4). */
export function decryptFrame(frame: EncryptedFrame, encryption: TrackEncryption, key: Buffer): Buffer {
  const whole = [{ clearBytes: 0, protectedBytes: frame.bytes.length }];
  const clear = Buffer.from(frame.bytes);
  const ranges = protectedRanges(clear, frame.subsamples ?? whole);
  if (encryption.scheme === 'cenc') decryptCounter(ranges, frame.iv, key);
  else for (const range of ranges) decryptPattern(range, frame.iv, key, encryption.pattern);
  return clear;
}

function protectedRanges(bytes: Buffer, subsamples: Subsample[]): Buffer[] {
  let at = 0;
  return subsamples.map(({ clearBytes, protectedBytes }) => {
    at += clearBytes + protectedBytes;
    return bytes.subarray(at - protectedBytes, at);
  });
}

/**
 * The key stream continues from one range to the next (ISO/IEC 23001-7, 9.5.2.3). An IV of 8 bytes is the
 * counter's first half.
 */
function decryptCounter(ranges: Buffer[], iv: Buffer, key: Buffer): void {
  const counter = Buffer.alloc(blockBytes);
  iv.copy(counter);
  const decipher = createDecipheriv('aes-128-ctr', key, counter);
  for (const range of ranges) decipher.update(range).copy(range);
}

/**
 * Each range begins with the IV again; a partial last block is in the clear (ISO/IEC 23001-7, 9.5.1 and 9.6).
 */
function decryptPattern(
  range: Buffer,
  iv: Buffer,
  key: Buffer,
  { crypt, skip }: TrackEncryption['pattern'],
): void {
  const stride = (crypt + skip || 1) * blockBytes;
  const encrypted: Buffer[] = [];
  for (let at = 0; at + blockBytes <= range.length; at += stride) {
    const left = Math.floor((range.length - at) / blockBytes);
    encrypted.push(range.subarray(at, at + Math.min(crypt || 1, left) * blockBytes));
  }
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  const clear = decipher.update(Buffer.concat(encrypted));
  let at = 0;
  for (const part of encrypted) at += clear.copy(part, 0, at, at + part.length);
}
