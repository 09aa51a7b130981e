import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type DashTrack, readDash } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { checkDecryption, type SampledTrack } from './check-decryption';
import { cutSamples } from './cut-samples';
import type { EndFrames } from './stored-frames';

export interface VerifyRequest {
  /** The folder of the version that is about to be published. */
  versionFolder: string;
  /** The folder of the clear tracks, of the same names. */
  clearFolder: string;
  /** What stands at both ends of each clear track; see listEndFrames. */
  endFrames: Map<string, EndFrames>;
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
 * segment of each track decrypt to the frames that went in and decode with the key, and not with another.
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
    const sampled: SampledTrack[] = [];
    for (const track of tracks) sampled.push(await checkSignalling(request, track));
    await checkDecryption({ ...request, tracks: sampled });
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
  return tracks;
}

/** Cuts the track's samples, and compares what the MPD, the track's `tenc` and the key say. */
async function checkSignalling(
  { versionFolder, scratchFolder, scheme, kids }: VerifyRequest,
  track: DashTrack,
): Promise<SampledTrack> {
  const { file, kind, protection } = track;
  const { files, encryption: said } = await cutSamples(path.join(versionFolder, file), track, scratchFolder);
  const agrees = protection?.kidHex === said.kidHex && protection.scheme === said.scheme;
  if (kids.get(file) !== said.kidHex || !agrees || said.scheme !== scheme) {
    throw new AppError('verify-failed', `The manifest, the track ${file} and its key do not agree.`);
  }
  return { file, kind, kidHex: said.kidHex, samples: files };
}
