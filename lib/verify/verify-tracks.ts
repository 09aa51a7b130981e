import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeArgs } from '@/lib/ffmpeg/args/decode-args';
import { type DashTrack, readDash } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { cutSample } from './cut-sample';
import { beginsAs, type Decoded, decode } from './decode';
import { wrongKey } from './wrong-key';

export interface VerifyRequest {
  /** The folder of the version that is about to be published. */
  versionFolder: string;
  /** The folder of the clear tracks, of the same names. */
  clearFolder: string;
  /** An own folder for what the check writes; removed after. */
  scratchFolder: string;
  scheme: Scheme;
  keys: PackageKey[];
  /** The KID that each track must be encrypted with, by the track's file. */
  kids: Map<string, string>;
  signal: AbortSignal;
}

/**
 * The check that stands before "ready": the manifest, each track's own word and the key agree; the first and the last
 * segment of each track decode with the key, and not with another.
 * @returns the tracks, as the manifest tells them
 * @throws AppError `verify-failed`
 */
export async function verifyTracks(request: VerifyRequest): Promise<DashTrack[]> {
  const { versionFolder, scratchFolder, kids } = request;
  const tracks = readDash(await readFile(path.join(versionFolder, versionFiles.dash), 'utf8'));
  if (tracks.length !== kids.size) {
    throw new AppError(
      'verify-failed',
      `The manifest has ${tracks.length} tracks where ${kids.size} were made.`,
    );
  }
  await mkdir(scratchFolder);
  try {
    for (const track of tracks) await checkSignalling(request, track);
    await checkDecryption(request, tracks);
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
  return tracks;
}

/** Cuts the track's sample, and compares what the MPD, the track's `tenc` and the key say. */
async function checkSignalling(
  { versionFolder, scratchFolder, scheme, kids }: VerifyRequest,
  track: DashTrack,
) {
  const said = await cutSample(
    path.join(versionFolder, track.file),
    track,
    path.join(scratchFolder, track.file),
  );
  const agrees = track.protection?.kidHex === said.kidHex && track.protection.scheme === said.scheme;
  if (kids.get(track.file) !== said.kidHex || !agrees || said.scheme !== scheme) {
    throw new AppError('verify-failed', `The manifest, the track ${track.file} and its key do not agree.`);
  }
}

async function checkDecryption(request: VerifyRequest, tracks: DashTrack[]): Promise<void> {
  const { keys, signal } = request;
  await decryptAll(request, tracks, keys, 'right').catch((cause) => {
    throw new AppError('verify-failed', 'The encrypted tracks could not be decrypted with their key.', {
      cause,
    });
  });
  // With a wrong key the packager may stop at the rubbish that it reads: that is a failure as wanted.
  await decryptAll(request, tracks, keys.map(wrongKey), 'wrong').catch(() => signal.throwIfAborted());
  for (const { file } of tracks) await checkDecoding(file, request);
}

/** A moment is enough to see that a wrong key gives other pictures; decoding rubbish is slow. */
const wrongKeySeconds = 0.4;

async function checkDecoding(
  file: string,
  { scratchFolder, clearFolder, signal }: VerifyRequest,
): Promise<void> {
  const right = await decode(decodeArgs(`right-${file}`), scratchFolder, signal);
  const isFaulty = right.complaint !== null && !(await clearComplains(file, clearFolder, signal));
  if (right.frames.length === 0 || isFaulty) {
    const cause = right.complaint;
    throw new AppError('verify-failed', `The track ${file} does not decode with its key.`, { cause });
  }
  const wrong = await decode(decodeArgs(`wrong-${file}`, wrongKeySeconds), scratchFolder, signal);
  if (beginsAs(wrong, right))
    throw new AppError('verify-failed', `The track ${file} plays with a wrong key.`);
}

function decryptAll(
  { scratchFolder, signal }: VerifyRequest,
  tracks: DashTrack[],
  keys: PackageKey[],
  prefix: string,
) {
  const files = tracks.map(({ file }) => ({ input: file, output: `${prefix}-${file}` }));
  return runPackager({
    folder: scratchFolder,
    keys,
    use: 'decryption',
    args: (keyFile) => decryptArgs(files, keyFile),
    signal,
  });
}

/** A copied source may have small faults of its own, which decoders mention; then the clear track has them as well. */
async function clearComplains(file: string, clearFolder: string, signal: AbortSignal): Promise<boolean> {
  const clear: Decoded = await decode(decodeArgs(file), clearFolder, signal);
  return clear.complaint !== null;
}
