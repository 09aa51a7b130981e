import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeArgs, decryptionList } from '@/lib/ffmpeg/args/decode-args';
import { type Decoded, decode, decodeEach } from './decode';
import type { EncryptedTrack, SampledTrack } from './encrypted-track';

/** Where the tracks are, with what they were made from. */
export interface DecodingCheck {
  versionFolder: string;
  clearFolder: string;
  scratchFolder: string;
  signal: AbortSignal;
}

/** Enough to see that a decoder opens the track. */
const momentSeconds = 0.4;

/**
 * Checks that the beginning of each track decodes with its key.
 * @throws AppError `verify-failed`
 */
export async function checkBeginnings(check: DecodingCheck, tracks: EncryptedTrack[]): Promise<void> {
  const place = path.relative(check.scratchFolder, check.versionFolder);
  const reads = tracks.map(({ file }) => path.join(check.versionFolder, file));
  await checkEach(check, tracks, ({ file }) => [`${place}/${file}`], reads, momentSeconds);
}

/** Checks that all of the samples of each track decode with its key. Errors: see checkBeginnings. */
export const checkSamples = (check: DecodingCheck, tracks: SampledTrack[]): Promise<void> =>
  checkEach(check, tracks, ({ samples }) => samples, []);

/** `filesOf` tells what is decoded of a track, as seen from the scratch folder. */
async function checkEach<Track extends EncryptedTrack>(
  check: DecodingCheck,
  tracks: Track[],
  filesOf: (track: Track) => string[],
  reads: string[],
  firstSeconds?: number,
): Promise<void> {
  const { scratchFolder, signal } = check;
  for (const track of tracks) {
    const text = decryptionList(filesOf(track), track.key.keyHex);
    await writeFile(path.join(scratchFolder, listName(track)), text, { mode: 0o600 });
  }
  const run = { folder: scratchFolder, reads, signal };
  const decoded = await decodeEach(tracks.map(listName), (lists) => decodeArgs(lists, firstSeconds), run);
  await checkDecoded(check, tracks, decoded, firstSeconds);
}

const listName = ({ file }: EncryptedTrack) => `${file}.ffconcat`;

async function checkDecoded(
  { clearFolder, signal }: DecodingCheck,
  tracks: EncryptedTrack[],
  decoded: Decoded[],
  firstSeconds?: number,
): Promise<void> {
  for (const [i, { file }] of tracks.entries()) {
    const { frames = [], complaint = null } = decoded[i] ?? {};
    if (frames.length > 0 && complaint === null) continue;
    // A copied source may have small faults of its own, which decoders mention; then the clear track has them as well.
    const clear = await decode(decodeArgs([file], firstSeconds), { folder: clearFolder, signal });
    if (frames.length > 0 && clear.complaint !== null) continue;
    const message = `The track ${file} does not decode with its key.`;
    throw new AppError('verify-failed', message, { cause: complaint });
  }
}
