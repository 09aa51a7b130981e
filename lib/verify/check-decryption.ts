import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeArgs, decryptionList } from '@/lib/ffmpeg/args/decode-args';
import type { DashTrack } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { sideBySide } from '@/lib/processes/side-by-side';
import { type Decoded, decode, decodeEach } from './decode';
import { decryptSample } from './decrypt-sample';
import {
  type EndFrames,
  hasSameFrames,
  isCutFrom,
  largestFrameBytes,
  type StoredFrame,
} from './stored-frames';
import { wrongKey } from './wrong-key';

/** A track, and what was cut of it. */
export interface SampledTrack {
  file: string;
  kind: DashTrack['kind'];
  kidHex: string;
  /** In the scratch folder. */
  samples: string[];
}

/** Encrypted samples of tracks in `scratchFolder`, and in `clearFolder` the clear tracks that they should decrypt to. */
export interface DecryptionCheck {
  tracks: SampledTrack[];
  scratchFolder: string;
  clearFolder: string;
  /** What stands at both ends of each clear track, by its file; see listEndFrames. */
  endFrames: Map<string, EndFrames>;
  keys: PackageKey[];
  signal: AbortSignal;
}

/** Enough to see that a decoder opens the track. */
const momentSeconds = 0.4;
/**
 * Frames up to this size may be the same with any key: the schemes leave headers of video and what does not fill a block
 * of AES in the clear (ISO/IEC 23001-7, 9.5 and 10.4).
 */
const clearBytes = { video: 4096, audio: 32 };

/**
 * Checks that each sample decrypts with its key to the frames that went in, and not with another, and that it decodes.
 * Shaka Packager encrypted; here it is our own reading of the standard, and FFmpeg's, that decrypt.
 * @throws AppError `verify-failed`
 */
export async function checkDecryption(check: DecryptionCheck): Promise<void> {
  const [moments, changed] = await sideBySide(
    check.signal,
    (signal) => decodeMoments({ ...check, signal }),
    (signal) => findChanged({ ...check, signal }),
  );
  await checkDecoded(check, check.tracks, moments, momentSeconds);
  // A moment of a sample is enough where its frames are those of the clear track, which is more than a decoder could
  // tell; it is all decoded where the packager changed them (it takes repeated parameter sets out).
  if (changed.length > 0) await checkDecoded(check, changed, await decodeSamples(check, changed));
}

/** The tracks whose samples do not decrypt to the very frames that went in. */
async function findChanged(check: DecryptionCheck): Promise<SampledTrack[]> {
  const changed: SampledTrack[] = [];
  for (const track of check.tracks) {
    const { file, kind } = track;
    const [right, wrong] = [await decryptSamples(check, track), await decryptSamples(check, track, wrongKey)];
    if (hasSameFrames(right, wrong) && largestFrameBytes(right) > clearBytes[kind])
      throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
    const ends = check.endFrames.get(file);
    if (!ends || !isCutFrom(right, ends)) changed.push(track);
  }
  return changed;
}

async function decryptSamples(
  { scratchFolder, keys, signal }: DecryptionCheck,
  track: SampledTrack,
  change: (key: PackageKey) => PackageKey = (key) => key,
): Promise<StoredFrame[]> {
  const key = change(keyOf(track, keys));
  const frames: StoredFrame[] = [];
  for (const sample of track.samples) {
    const bytes = await readFile(path.join(scratchFolder, sample));
    frames.push(...(await decryptSample(bytes, key, signal)));
  }
  return frames;
}

/** Hands the keys over to FFmpeg, and decodes a moment of each track. */
async function decodeMoments(check: DecryptionCheck): Promise<Decoded[]> {
  const { tracks, scratchFolder, keys } = check;
  for (const track of tracks) {
    const text = decryptionList(track.samples, keyOf(track, keys).keyHex);
    await writeFile(path.join(scratchFolder, listName(track)), text, { mode: 0o600 });
  }
  return decodeSamples(check, tracks, momentSeconds);
}

function keyOf({ file, kidHex }: SampledTrack, keys: PackageKey[]): PackageKey {
  const key = keys.find((key) => key.kidHex === kidHex);
  if (key) return key;
  throw new AppError('verify-failed', `The track ${file} names a key that is not the package's.`);
}

const listName = ({ file }: { file: string }) => `${file}.ffconcat`;

const decodeSamples = (
  { scratchFolder, signal }: DecryptionCheck,
  tracks: { file: string }[],
  firstSeconds?: number,
) => decodeEach(tracks.map(listName), (lists) => decodeArgs(lists, firstSeconds), scratchFolder, signal);

/** A decoder must open every sample. */
async function checkDecoded(
  { clearFolder, signal }: DecryptionCheck,
  tracks: { file: string }[],
  decoded: Decoded[],
  firstSeconds?: number,
): Promise<void> {
  for (const [i, { file }] of tracks.entries()) {
    const { frames = [], complaint = null } = decoded[i] ?? {};
    if (frames.length > 0 && complaint === null) continue;
    // A copied source may have small faults of its own, which decoders mention; then the clear track has them as well.
    const clear = await decode(decodeArgs([file], firstSeconds), clearFolder, signal);
    if (frames.length > 0 && clear.complaint !== null) continue;
    const message = `The track ${file} does not decode with its key.`;
    throw new AppError('verify-failed', message, { cause: complaint });
  }
}
