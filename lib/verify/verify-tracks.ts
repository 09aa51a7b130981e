import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type DashTrack, readDash } from '@/lib/formats/dash/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { runConcurrently } from '@/lib/processes/run-concurrently';
import { checkAligned } from './check-aligned';
import { checkBeginnings, checkEnds } from './check-decoding';
import type { OpenTrack, TrackFolders } from './encrypted-track';
import { findChanged } from './find-changed';
import { findEnds } from './track-ends';

export interface VerifyRequest extends TrackFolders {
  scheme: Scheme;
  keys: PackageKey[];
  /** The KID that each track must be encrypted with, by the track's file. */
  kids: Map<string, string>;
  /** Whether all video tracks were made to be cut at the same times. */
  isAligned: boolean;
}

/**
 * The check before "ready": the manifest, each track's own headers and the key agree; the first and the last
 * segment of each track decrypt to the frames that were encrypted, and not with another key; it decodes; and
 * all video is cut at the same times. Shaka Packager encrypts; decryption here is by our own reading of the
 * standard, and by FFmpeg.
 * @returns the tracks, as the manifest describes them
 * @throws AppError `verify-failed`
 */
export async function verifyTracks(request: VerifyRequest): Promise<DashTrack[]> {
  const { versionFolder, scratchFolder, kids, isAligned } = request;
  const tracks = readDash(await readFile(path.join(versionFolder, versionFiles.dash), 'utf8'));
  if (tracks.length !== kids.size) {
    throw new AppError('verify-failed', `The manifest has ${tracks.length} tracks instead of ${kids.size}.`);
  }
  // Before any file is opened by its name in the manifest: each name must be that of a track that was made.
  const expected = tracks.map(({ file, kind }) => ({ file, kind, key: keyOf(file, request) }));
  if (isAligned) await checkAligned(versionFolder, tracks);
  await mkdir(scratchFolder);
  try {
    const [, changed] = await runConcurrently(
      request.signal,
      (signal) => checkBeginnings({ ...request, signal }, expected),
      async (signal) => findChanged({ ...request, signal }, await openAll(request, tracks)),
    );
    // The beginning is enough where the frames are those of the clear track, which proves more than decoding.
    // Both ends are decoded completely where the packager changed frames (it removes repeated parameter
    // sets).
    if (changed.length > 0) await checkEnds(request, changed);
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
  return tracks;
}

/** The key that a track must be encrypted with. */
function keyOf(file: string, { keys, kids }: VerifyRequest): PackageKey {
  const key = keys.find(({ kidHex }) => kidHex === kids.get(file));
  if (key) return key;
  throw new AppError('verify-failed', `The manifest names a track ${file} that was not made.`);
}

async function openAll(request: VerifyRequest, tracks: DashTrack[]): Promise<OpenTrack[]> {
  const open: OpenTrack[] = [];
  for (const track of tracks) open.push(await openTrack(request, track));
  return open;
}

/** Finds the track's ends, and compares the MPD, the track's `tenc` and the key. */
async function openTrack(request: VerifyRequest, track: DashTrack): Promise<OpenTrack> {
  const { versionFolder, scheme } = request;
  const { file, kind, protection } = track;
  const ends = await findEnds(path.join(versionFolder, file), track);
  const key = keyOf(file, request);
  const kidsAgree = protection?.kidHex === key.kidHex && ends.encryption.kidHex === key.kidHex;
  if (!kidsAgree || protection?.scheme !== scheme || ends.encryption.scheme !== scheme) {
    throw new AppError('verify-failed', `The manifest, the track ${file} and its key do not agree.`);
  }
  return { file, kind, key, ends };
}
