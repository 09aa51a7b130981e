import { createCipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ivBytesWritten, protectedRanges, readEntry, writeEntry } from '../cenc/sample-encryption';
import { subsamplesOf } from '../cenc/subsamples';
import { type Chunk, sampleRangesIn } from '../mp4/clear-track';

/** The `senc` entry of each sample of a chunk (see writeEntry), concatenated, and the size of each. */
export interface ChunkProtection {
  described: Uint8Array;
  describedBytes: Uint8Array;
}

/** @param bytes the chunk; not read where its samples are encrypted whole */
export function planChunk(chunk: Chunk, bytes: Uint8Array, firstIv: bigint): ChunkProtection {
  const { units } = chunk.track;
  const described = sampleRangesIn(chunk).map(([from, to], i) =>
    writeEntry(firstIv + BigInt(i), units && subsamplesOf(bytes.subarray(from, to), units)),
  );
  return {
    described: Buffer.concat(described),
    describedBytes: Uint8Array.from(described, ({ length }) => length),
  };
}

/** Encrypts a chunk in place, and records in `sums` the CRC-32 of each clear sample. */
export function encryptChunk(
  chunk: Chunk,
  bytes: Uint8Array,
  { described }: ChunkProtection,
  key: Uint8Array,
  sums: Uint32Array,
): void {
  let at = 0;
  for (const [i, [from, to]] of sampleRangesIn(chunk).entries()) {
    const sample = bytes.subarray(from, to);
    sums[chunk.firstSample + i] = crc32(sample);
    at = encryptSample(sample, described, at, chunk.track.units !== null, key);
  }
}

/**
 * Encrypts a sample in place with AES-128-CTR (ISO/IEC 23001-7, 10.1), in the ranges that its `senc` entry
 * describes. The IV is the first half of the counter, and the key stream continues from one protected range
 * to the next.
 * @param at where the entry begins
 * @returns where it ends
 */
function encryptSample(
  sample: Uint8Array,
  described: Uint8Array,
  at: number,
  isDivided: boolean,
  key: Uint8Array,
): number {
  const { iv, subsamples, end } = readEntry(described, at, ivBytesWritten, isDivided);
  const counter = new Uint8Array(16);
  counter.set(iv);
  const cipher = createCipheriv('aes-128-ctr', key, counter);
  for (const range of protectedRanges({ start: 0, end: sample.length }, subsamples))
    sample.set(cipher.update(sample.subarray(range.start, range.end)), range.start);
  return end;
}
