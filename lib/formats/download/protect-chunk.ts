import { crc32 } from 'node:zlib';
import { subsamplesOf } from '@/lib/formats/cenc/subsamples';
import { type Chunk, sampleRangesIn } from '@/lib/formats/mp4/clear-track';
import { describeSample, encryptSample } from './sample-protection';

/** The `senc` entry of each sample of a chunk (see describeSample), concatenated, and the size of each. */
export interface ChunkProtection {
  described: Buffer;
  describedBytes: Uint8Array;
}

/** @param bytes the chunk; not read where its samples are encrypted whole */
export function planChunk(chunk: Chunk, bytes: Buffer, firstIv: bigint): ChunkProtection {
  const { units } = chunk.track;
  const described = sampleRangesIn(chunk).map(([from, to], i) =>
    describeSample(firstIv + BigInt(i), units && subsamplesOf(bytes.subarray(from, to), units)),
  );
  return {
    described: Buffer.concat(described),
    describedBytes: Uint8Array.from(described, ({ length }) => length),
  };
}

/** Encrypts a chunk in place, and records in `sums` the CRC-32 of each clear sample. */
export function encryptChunk(
  chunk: Chunk,
  bytes: Buffer,
  { described, describedBytes }: ChunkProtection,
  key: Buffer,
  sums: Uint32Array,
): void {
  let at = 0;
  for (const [i, [from, to]] of sampleRangesIn(chunk).entries()) {
    const sample = bytes.subarray(from, to);
    sums[chunk.firstSample + i] = crc32(sample);
    const end = at + (describedBytes[i] ?? 0);
    encryptSample(sample, described.subarray(at, end), key);
    at = end;
  }
}
