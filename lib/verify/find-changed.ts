import path from 'node:path';
import { AppError } from '@/lib/errors';
import { FormatError } from '@/lib/formats/bytes/fields';
import type { ContentKey } from '@/lib/media/content-key';
import { readClearEnds } from './clear-ends';
import { decryptSegment } from './decrypt-segment';
import type { OpenTrack, TrackFolders } from './encrypted-track';
import { hasSameFrames, isSameFrame, largestFrameBytes, type StoredFrame } from './stored-frames';
import { readSample } from './track-ends';

/**
 * Frames up to this size may be the same with any key: the schemes leave video headers and partial AES blocks
 * in the clear (ISO/IEC 23001-7, 9.5 and 10.4).
 */
export const clearBytes = { video: 4096, audio: 32 };

/**
 * Finds the tracks whose ends do not decrypt to exactly the frames that were encrypted.
 * @throws AppError `verify-failed` where a track decrypts to the same frames with another key
 */
export async function findChanged(folders: TrackFolders, tracks: OpenTrack[]): Promise<OpenTrack[]> {
  const changed: OpenTrack[] = [];
  for (const track of tracks) {
    const [first = [], last = []] = await decryptEnds(folders, track);
    if (!(await areEnds(path.join(folders.clearFolder, track.file), first, last))) changed.push(track);
  }
  return changed;
}

/** Whether a clear track begins and ends with these frames. */
async function areEnds(clearFile: string, first: StoredFrame[], last: StoredFrame[]): Promise<boolean> {
  try {
    const ends = await readClearEnds(clearFile, first.length, last.length);
    return first.length > 0 && hasSameFrames(first, ends.first) && hasSameFrames(last, ends.last);
  } catch (error) {
    // What cannot be read here is left to a decoder.
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** The frames of the first and of the last segment, or of the only one. */
async function decryptEnds(folders: TrackFolders, track: OpenTrack): Promise<StoredFrame[][]> {
  const { file, kind, key, ends } = track;
  const { versionFolder, signal } = folders;
  const frames: StoredFrame[][] = [];
  let needsItsKey = false;
  for (const segment of ends.segments) {
    const sample = await readSample(path.join(versionFolder, file), ends, segment);
    const decrypt = (by: ContentKey) => decryptSegment(sample, ends.encryption, by, signal);
    const own: StoredFrame[] = [];
    for await (const frame of decrypt(key)) own.push(frame);
    // One segment that needs its key proves that the track does.
    needsItsKey ||= !(await hasFrames(own, decrypt(wrongKey(key))));
    frames.push(own);
  }
  if (!needsItsKey && largestFrameBytes(frames.flat()) > clearBytes[kind])
    throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
  return frames;
}

/** Whether all of the other frames match; stops reading at the first difference. */
async function hasFrames(own: StoredFrame[], others: AsyncGenerator<StoredFrame>): Promise<boolean> {
  let i = 0;
  for await (const frame of others) if (!isSameFrame(frame, own[i++])) return false;
  return true;
}

/** The same KID with a key that differs in every bit. */
export function wrongKey<Key extends ContentKey>(key: Key): Key {
  const keyBytes = Buffer.from(key.keyHex, 'hex').map((byte) => byte ^ 0xff);
  return { ...key, keyHex: Buffer.from(keyBytes).toString('hex') };
}
