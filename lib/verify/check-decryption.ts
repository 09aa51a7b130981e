import { AppError } from '@/lib/errors';
import { decodeArgs, type Part, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import type { DashTrack } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { sideBySide } from '@/lib/processes/side-by-side';
import { decode, decodeEach } from './decode';
import { hasSameFrames, isCutFrom, largestFrameBytes } from './stored-frames';
import { wrongKey } from './wrong-key';

/** Encrypted samples of tracks in `scratchFolder`, and the clear tracks that they should decrypt to, of the same names. */
export interface DecryptionCheck {
  tracks: Pick<DashTrack, 'file' | 'kind'>[];
  scratchFolder: string;
  clearFolder: string;
  keys: PackageKey[];
  signal: AbortSignal;
}

/** Enough to see that a decoder opens the track. */
const momentSeconds = 0.4;
/** Longer than any segment: keyframes of copied video are at most 10 s apart. */
const longestSegmentSeconds = 15;
/**
 * Frames up to this size may be the same with any key: the schemes leave headers of video and what does not fill a block
 * of AES in the clear (ISO/IEC 23001-7, 9.5 and 10.4).
 */
const clearBytes = { video: 4096, audio: 32 };

/**
 * Checks that each sample decrypts with its key to the frames that went in, and not with another, and that it decodes.
 * @throws AppError `verify-failed`
 */
export async function checkDecryption(check: DecryptionCheck): Promise<void> {
  const { tracks, clearFolder, signal } = check;
  const [right, wrong] = await sideBySide(
    signal,
    (signal) => decrypt({ ...check, signal }, check.keys, 'right-').catch(cannotDecrypt(signal)),
    // With a wrong key the packager may stop at the rubbish that it reads: that is a failure as wanted.
    (signal) => decrypt({ ...check, signal }, check.keys.map(wrongKey), 'wrong-').catch(nothing(signal)),
  );
  const clear = (part: Part) => (signal: AbortSignal) =>
    storedFrames({ ...check, signal }, clearFolder, '', part);
  const [first, last] = await sideBySide(
    signal,
    clear({ firstSeconds: longestSegmentSeconds }),
    clear({ lastSeconds: longestSegmentSeconds }),
  );
  const changed: string[] = [];
  for (const [i, { file, kind }] of tracks.entries()) {
    const [sample = [], spoiled = []] = [right[i], wrong[i]];
    if (hasSameFrames(sample, spoiled) && largestFrameBytes(sample) > clearBytes[kind])
      throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
    if (!isCutFrom(sample, first[i] ?? [], last[i] ?? [])) changed.push(file);
  }
  await checkDecoders(check, changed);
}

/** Decrypts all samples, and lists the frames in each. */
async function decrypt(check: DecryptionCheck, keys: PackageKey[], prefix: string): Promise<string[][]> {
  const { tracks, scratchFolder: folder, signal } = check;
  const files = tracks.map(({ file }) => ({ input: file, output: `${prefix}${file}` }));
  const args = (keyFile: string) => decryptArgs(files, keyFile);
  await runPackager({ folder, keys, use: 'decryption', args, signal });
  return storedFrames(check, folder, prefix);
}

const nothing = (signal: AbortSignal) => (): string[][] => {
  signal.throwIfAborted();
  return [];
};

const cannotDecrypt = (signal: AbortSignal) => (cause: unknown) => {
  signal.throwIfAborted();
  throw new AppError('verify-failed', 'The encrypted tracks could not be decrypted with their key.', {
    cause,
  });
};

/** The frames of each track as they are stored, a line each. */
async function storedFrames(
  { tracks, signal }: DecryptionCheck,
  folder: string,
  prefix: string,
  part?: Part,
): Promise<string[][]> {
  const files = tracks.map(({ file }) => prefix + file);
  const found = await decodeEach(files, (some) => packetArgs(some, part), folder, signal);
  return found.map(({ frames }) => frames);
}

/**
 * Opens every sample with a decoder. A moment of it is enough where the frames are those of the clear track, which is more
 * than a decoder could tell; all of it, where the packager changed them (it takes repeated parameter sets out).
 */
async function checkDecoders(check: DecryptionCheck, changed: string[]): Promise<void> {
  const { tracks, scratchFolder, clearFolder, signal } = check;
  const decodeSamples = (files: string[], firstSeconds?: number) =>
    decodeEach(
      files.map((file) => `right-${file}`),
      (some) => decodeArgs(some, firstSeconds),
      scratchFolder,
      signal,
    );
  const same = tracks.map(({ file }) => file).filter((file) => !changed.includes(file));
  for (const [files, firstSeconds] of [[same, momentSeconds] as const, [changed, undefined] as const]) {
    const decoded = files.length > 0 ? await decodeSamples(files, firstSeconds) : [];
    for (const [i, { frames, complaint }] of decoded.entries()) {
      if (frames.length > 0 && complaint === null) continue;
      // A copied source may have small faults of its own, which decoders mention; then the clear track has them as well.
      const file = files[i] ?? '';
      const clear = await decode(decodeArgs([file], firstSeconds), clearFolder, signal);
      if (frames.length > 0 && clear.complaint !== null) continue;
      const message = `The track ${file} does not decode with its key.`;
      throw new AppError('verify-failed', message, { cause: complaint });
    }
  }
}
