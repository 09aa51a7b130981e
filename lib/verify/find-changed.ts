import path from 'node:path';
import { AppError } from '@/lib/errors';
import { sideBySide } from '@/lib/processes/side-by-side';
import { decryptSample } from './decrypt-sample';
import type { OpenTrack, TrackFolders } from './encrypted-track';
import { listEndFrames } from './list-end-frames';
import { hasSameFrames, isCutFrom, largestFrameBytes, type StoredFrame } from './stored-frames';
import { readSample } from './track-ends';
import { wrongKey } from './wrong-key';

/**
 * Frames up to this size may be the same with any key: the schemes leave headers of video and what does not fill a block
 * of AES in the clear (ISO/IEC 23001-7, 9.5 and 10.4).
 */
export const clearBytes = { video: 4096, audio: 32 };

/**
 * Finds the tracks whose ends do not decrypt to the very frames that went in.
 * @throws AppError `verify-failed` where a track decrypts to the same frames with another key
 */
export async function findChanged(folders: TrackFolders, tracks: OpenTrack[]): Promise<OpenTrack[]> {
  const [endFrames, decrypted] = await sideBySide(
    folders.signal,
    (signal) => listEndFrames(tracks.map(partsOf), folders.clearFolder, signal),
    (signal) => decryptAll({ ...folders, signal }, tracks),
  );
  return tracks.filter(({ file }) => {
    const [frames, ends] = [decrypted.get(file), endFrames.get(file)];
    return !frames || !ends || !isCutFrom(frames, ends);
  });
}

const partsOf = ({ file, ends: { segments } }: OpenTrack) => ({
  file,
  firstSeconds: segments[0]?.seconds ?? 0,
  lastSeconds: segments.at(-1)?.seconds ?? 0,
});

/** The frames at each track's ends, by the track's file. */
async function decryptAll(folders: TrackFolders, tracks: OpenTrack[]): Promise<Map<string, StoredFrame[]>> {
  const all = new Map<string, StoredFrame[]>();
  for (const track of tracks) all.set(track.file, await decryptEnds(folders, track));
  return all;
}

async function decryptEnds(folders: TrackFolders, track: OpenTrack): Promise<StoredFrame[]> {
  const { file, kind, key, ends } = track;
  const { versionFolder, signal } = folders;
  const frames: StoredFrame[] = [];
  let needsItsKey = false;
  for (const segment of ends.segments) {
    const sample = await readSample(path.join(versionFolder, file), ends, segment);
    const right = await decryptSample(sample, key, signal);
    // One segment that needs its key shows that the track does.
    needsItsKey ||= !hasSameFrames(right, await decryptSample(sample, wrongKey(key), signal));
    frames.push(...right);
  }
  if (!needsItsKey && largestFrameBytes(frames) > clearBytes[kind])
    throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
  return frames;
}
