import type { ByteRange } from '@/lib/formats/cenc/sample-encryption';
import { segmentSamples } from '@/lib/formats/cenc/segment-samples';
import type { TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { findBoxes } from '@/lib/formats/mp4/boxes';
import { renameBox } from '@/lib/formats/mp4/write-boxes';
import { blockBytes, type CipherRun, decryptionPlan } from './decryption-plan';

/** The boxes of a fragment that describe its encryption. */
const protectionBoxes = ['senc', 'saiz', 'saio'];

const algorithms = { cenc: 'AES-CTR', cbcs: 'AES-CBC' } as const;

/**
 * Imports a content key for one scheme; it is not extractable.
 * @param keyBase64url 16 bytes, in the encoding of a ClearKey license
 */
export function importKey(keyBase64url: string, scheme: TrackEncryption['scheme']): Promise<CryptoKey> {
  const key = { kty: 'oct', k: keyBase64url };
  // `cbcs` encrypts one block for each segment: see decryptChained.
  return crypto.subtle.importKey('jwk', key, algorithms[scheme], false, ['decrypt', 'encrypt']);
}

/**
 * Decrypts a media segment of one track in place, with few WebCrypto calls: one per sample for `cenc`, one
 * per segment for `cbcs`.
 * @throws FormatError if the segment cannot be read
 */
export async function decryptSegment(
  segment: Uint8Array<ArrayBuffer>,
  track: TrackEncryption,
  key: CryptoKey,
): Promise<void> {
  const runs = decryptionPlan(segmentSamples(segment, track), track);
  if (track.scheme === 'cenc') await Promise.all(runs.map((run) => decryptCounter(segment, run, key)));
  else if (runs.length > 0) await decryptChained(segment, runs, key);
  for (const type of protectionBoxes) {
    for (const box of findBoxes(segment, ['moof', 'traf', type])) renameBox(box, 'free');
  }
}

/**
 * The length of the counter in bits: only the second half of a counter block counts (ISO/IEC 23001-7, 9.1).
 */
const counterBits = 64;

async function decryptCounter(segment: Uint8Array, { iv, ranges }: CipherRun, key: CryptoKey): Promise<void> {
  const encrypted = new Uint8Array(bytesIn(ranges));
  gather(segment, ranges, encrypted, 0);
  const algorithm = { name: 'AES-CTR', counter: new Uint8Array(iv), length: counterBits };
  scatter(segment, ranges, new Uint8Array(await crypto.subtle.decrypt(algorithm, key, encrypted)), 0);
}

/**
 * Decrypts all runs in one call. A CBC block depends only on the previous block, so each run is placed after
 * its IV, as if the IV were a block of the message; the decrypted IV is dropped. WebCrypto requires padding
 * (RFC 5652, 6.3): encrypting an empty message with the last block as the IV gives the padding block to
 * append.
 */
async function decryptChained(segment: Uint8Array, runs: CipherRun[], key: CryptoKey): Promise<void> {
  const messageBytes = runs.reduce((sum, { ranges }) => sum + blockBytes + bytesIn(ranges), 0);
  const message = new Uint8Array(messageBytes + blockBytes);
  let at = 0;
  for (const { iv, ranges } of runs) {
    message.set(iv, at);
    at = gather(segment, ranges, message, at + blockBytes);
  }
  const last = message.slice(at - blockBytes, at);
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array());
  message.set(new Uint8Array(padding), at);
  const algorithm = { name: 'AES-CBC', iv: new Uint8Array(blockBytes) };
  const clear = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, message));
  at = 0;
  for (const { ranges } of runs) at = scatter(segment, ranges, clear, at + blockBytes);
}

const bytesIn = (ranges: ByteRange[]) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

/** Copies ranges of a segment one after the other; returns the offset after the last one. */
function gather(segment: Uint8Array, ranges: ByteRange[], into: Uint8Array, offset: number): number {
  let at = offset;
  for (const { start, end } of ranges) {
    into.set(segment.subarray(start, end), at);
    at += end - start;
  }
  return at;
}

/** Copies bytes back to the ranges that `gather` took them from. */
function scatter(segment: Uint8Array, ranges: ByteRange[], from: Uint8Array, offset: number): number {
  let at = offset;
  for (const { start, end } of ranges) {
    segment.set(from.subarray(at, at + end - start), start);
    at += end - start;
  }
  return at;
}
