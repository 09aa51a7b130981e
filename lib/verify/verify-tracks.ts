import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type DashTrack, readDash } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { sideBySide } from '@/lib/processes/side-by-side';
import { checkBeginnings, checkSamples } from './check-decoding';
import { cutSamples } from './cut-samples';
import type { SampledTrack } from './encrypted-track';
import { findChanged } from './find-changed';

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
 * segment of each track decrypt to the frames that went in, and not with another key; and it decodes. Shaka Packager
 * encrypted; here it is our own reading of the standard, and FFmpeg's, that decrypt.
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
    const expected = tracks.map(({ file, kind }) => ({ file, kind, key: keyOf(file, request) }));
    const [, changed] = await sideBySide(
      request.signal,
      (signal) => checkBeginnings({ ...request, signal }, expected),
      async (signal) => findChanged({ ...request, signal }, await cutAll(request, tracks)),
    );
    // The beginning is enough where the frames are those of the clear track, which is more than a decoder could tell; all
    // of the samples are decoded where the packager changed them (it takes repeated parameter sets out).
    if (changed.length > 0) await checkSamples(request, changed);
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

async function cutAll(request: VerifyRequest, tracks: DashTrack[]): Promise<SampledTrack[]> {
  const sampled: SampledTrack[] = [];
  for (const track of tracks) sampled.push(await checkSignalling(request, track));
  return sampled;
}

/** Cuts the track's samples, and compares what the MPD, the track's `tenc` and the key say. */
async function checkSignalling(request: VerifyRequest, track: DashTrack): Promise<SampledTrack> {
  const { versionFolder, scratchFolder, scheme } = request;
  const { file, kind, protection } = track;
  const { files, encryption, ...lengths } = await cutSamples(
    path.join(versionFolder, file),
    track,
    scratchFolder,
  );
  const key = keyOf(file, request);
  const kidsAgree = protection?.kidHex === key.kidHex && encryption.kidHex === key.kidHex;
  if (!kidsAgree || protection?.scheme !== scheme || encryption.scheme !== scheme) {
    throw new AppError('verify-failed', `The manifest, the track ${file} and its key do not agree.`);
  }
  return { file, kind, key, samples: files, ...lengths };
}
