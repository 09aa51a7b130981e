import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type DashTrack, readDash } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { sideBySide } from '@/lib/processes/side-by-side';
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
  /** Whether all pictures were made to be cut at the same times. */
  isAligned: boolean;
}

/**
 * The check that stands before "ready": the manifest, each track's own word and the key agree; the first and the last
 * segment of each track decrypt to the frames that went in, and not with another key; it decodes; and pictures are cut alike. Shaka Packager
 * encrypted; here it is our own reading of the standard, and FFmpeg's, that decrypt.
 * @returns the tracks, as the manifest tells them
 * @throws AppError `verify-failed`
 */
export async function verifyTracks(request: VerifyRequest): Promise<DashTrack[]> {
  const { versionFolder, scratchFolder, kids, isAligned } = request;
  const tracks = readDash(await readFile(path.join(versionFolder, versionFiles.dash), 'utf8'));
  if (tracks.length !== kids.size) {
    throw new AppError(
      'verify-failed',
      `The manifest has ${tracks.length} tracks where ${kids.size} were made.`,
    );
  }
  // Before any file is opened by its name in the manifest: that must be a track that was made.
  const expected = tracks.map(({ file, kind }) => ({ file, kind, key: keyOf(file, request) }));
  if (isAligned) await checkAligned(versionFolder, tracks);
  await mkdir(scratchFolder);
  try {
    const [, changed] = await sideBySide(
      request.signal,
      (signal) => checkBeginnings({ ...request, signal }, expected),
      async (signal) => findChanged({ ...request, signal }, await openAll(request, tracks)),
    );
    // The beginning is enough where the frames are those of the clear track, which is more than a decoder could tell; all
    // of both ends is decoded where the packager changed them (it takes repeated parameter sets out).
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

/** Finds the track's ends, and compares what the MPD, the track's `tenc` and the key say. */
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
