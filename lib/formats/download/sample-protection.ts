import { createCipheriv } from 'node:crypto';
import type { Subsample } from '@/lib/formats/cenc/subsample';

export const ivBytes = 8;
const blockBytes = 16;

/**
 * The `senc` entry of one sample (ISO/IEC 23001-7, 7.2): its IV, and its subsamples unless the whole sample
 * is encrypted.
 */
export function describeSample(iv: bigint, subsamples: Subsample[] | null): Buffer {
  const bytes = Buffer.alloc(ivBytes + (subsamples ? 2 + 6 * subsamples.length : 0));
  bytes.writeBigUInt64BE(BigInt.asUintN(64, iv));
  if (!subsamples) return bytes;
  bytes.writeUInt16BE(subsamples.length, ivBytes);
  for (const [i, { clearBytes, protectedBytes }] of subsamples.entries()) {
    const at = ivBytes + 2 + 6 * i;
    bytes.writeUInt16BE(clearBytes, at);
    bytes.writeUInt32BE(protectedBytes, at + 2);
  }
  return bytes;
}

/**
 * Encrypts a sample in place with AES-128-CTR (ISO/IEC 23001-7, 10.1), in the ranges that its `senc` entry
 * describes. The IV is the first half of the counter, and the key stream continues from one protected range
 * to the next.
 */
export function encryptSample(sample: Buffer, described: Buffer, key: Buffer): void {
  const counter = Buffer.alloc(blockBytes);
  described.copy(counter, 0, 0, ivBytes);
  const cipher = createCipheriv('aes-128-ctr', key, counter);
  for (const range of protectedRanges(sample, described)) cipher.update(range).copy(range);
}

function protectedRanges(sample: Buffer, described: Buffer): Buffer[] {
  if (described.length === ivBytes) return [sample];
  let at = 0;
  return Array.from({ length: described.readUInt16BE(ivBytes) }, (_, i) => {
    const entry = ivBytes + 2 + 6 * i;
    const protectedBytes = described.readUInt32BE(entry + 2);
    at += described.readUInt16BE(entry) + protectedBytes;
    return sample.subarray(at - protectedBytes, at);
  });
}
