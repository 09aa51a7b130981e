import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ContentKey } from '@/lib/media/content-key';
import { decryptFrame } from './decrypt-frame';
import { readFrames } from './fragment-frames';
import { type StoredFrame, storedFrame } from './stored-frames';
import { readEncryption } from './track-encryption';

/** Decrypting this much blocks other requests for some 10 ms. */
const bytesAtOnce = 4 * 1024 * 1024;

/**
 * Decrypts the frames of a sample, which is an init segment with a media segment, one by one, and yields
 * their sizes and checksums.
 */
export async function* decryptSample(
  sample: Buffer,
  { keyHex }: ContentKey,
  signal: AbortSignal,
): AsyncGenerator<StoredFrame> {
  const encryption = readEncryption(sample);
  const key = Buffer.from(keyHex, 'hex');
  let sinceTurn = 0;
  for (const frame of readFrames(sample, encryption)) {
    yield storedFrame(decryptFrame(frame, encryption, key));
    sinceTurn += frame.bytes.length;
    if (sinceTurn < bytesAtOnce) continue;
    sinceTurn = 0;
    await nextTurn();
    signal.throwIfAborted();
  }
}
