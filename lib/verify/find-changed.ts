import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import type { PackageKey } from '@/lib/media/content-key';
import { sideBySide } from '@/lib/processes/side-by-side';
import { decryptSample } from './decrypt-sample';
import type { SampledTrack } from './encrypted-track';
import { listEndFrames } from './list-end-frames';
import { hasSameFrames, isCutFrom, largestFrameBytes, type StoredFrame } from './stored-frames';
import { wrongKey } from './wrong-key';

/** Where the samples are, and the clear tracks that they should decrypt to. */
export interface DecryptionCheck {
  scratchFolder: string;
  clearFolder: string;
  signal: AbortSignal;
}

/**
 * Frames up to this size may be the same with any key: the schemes leave headers of video and what does not fill a block
 * of AES in the clear (ISO/IEC 23001-7, 9.5 and 10.4).
 */
const clearBytes = { video: 4096, audio: 32 };

/**
 * Finds the tracks whose samples do not decrypt to the very frames that went in.
 * @throws AppError `verify-failed` where a track decrypts to the same frames with another key
 */
export async function findChanged(check: DecryptionCheck, tracks: SampledTrack[]): Promise<SampledTrack[]> {
  const [endFrames, decrypted] = await sideBySide(
    check.signal,
    (signal) => listEndFrames(tracks, check.clearFolder, signal),
    (signal) => decryptAll({ ...check, signal }, tracks),
  );
  return tracks.filter(({ file }) => {
    const [frames, ends] = [decrypted.get(file), endFrames.get(file)];
    return !frames || !ends || !isCutFrom(frames, ends);
  });
}

/** The frames of each track's samples, by the track's file. */
async function decryptAll(
  check: DecryptionCheck,
  tracks: SampledTrack[],
): Promise<Map<string, StoredFrame[]>> {
  const all = new Map<string, StoredFrame[]>();
  for (const track of tracks) {
    const { file, kind, key } = track;
    const right = await decryptSamples(check, track, key);
    const wrong = await decryptSamples(check, track, wrongKey(key));
    if (hasSameFrames(right, wrong) && largestFrameBytes(right) > clearBytes[kind])
      throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
    all.set(file, right);
  }
  return all;
}

async function decryptSamples(
  { scratchFolder, signal }: DecryptionCheck,
  { samples }: SampledTrack,
  key: PackageKey,
): Promise<StoredFrame[]> {
  const frames: StoredFrame[] = [];
  for (const sample of samples) {
    const bytes = await readFile(path.join(scratchFolder, sample));
    frames.push(...(await decryptSample(bytes, key, signal)));
  }
  return frames;
}
