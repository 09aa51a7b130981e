import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/base/errors';
import { decodeArgs, decryptionList } from '@/lib/ffmpeg/args/decode-args';
import { type Decoded, decode, decodeEach } from './decode';
import type { EncryptedTrack, OpenTrack, TrackFolders } from './encrypted-track';
import { readSample } from './track-ends';

/** Enough to see that a decoder opens the track. */
const momentSeconds = 0.4;

/**
 * Checks that the beginning of each track decodes with its key.
 * @throws AppError `verify-failed`
 */
export async function checkBeginnings(folders: TrackFolders, tracks: EncryptedTrack[]): Promise<void> {
  const place = path.relative(folders.scratchFolder, folders.versionFolder);
  const reads = tracks.map(({ file }) => path.join(folders.versionFolder, file));
  await checkEach(folders, tracks, ({ file }) => [`${place}/${file}`], reads, momentSeconds);
}

/** Checks that both ends of each track decode completely with its key. Errors: see checkBeginnings. */
export async function checkEnds(folders: TrackFolders, tracks: OpenTrack[]): Promise<void> {
  const samples = new Map<EncryptedTrack, string[]>();
  for (const track of tracks) samples.set(track, await writeSamples(folders, track));
  await checkEach(folders, tracks, (track) => samples.get(track) ?? [], []);
}

/**
 * Writes each segment into a separate file: in a shared one, FFmpeg would decrypt the second like the first.
 */
async function writeSamples(
  { versionFolder, scratchFolder }: TrackFolders,
  { file, ends }: OpenTrack,
): Promise<string[]> {
  const names: string[] = [];
  for (const segment of ends.segments) {
    const name = `${names.length}-${file}`;
    await writeFile(
      path.join(scratchFolder, name),
      await readSample(path.join(versionFolder, file), ends, segment),
    );
    names.push(name);
  }
  return names;
}

/**
 * Decodes files and checks the results. `filesOf` lists the files of a track, relative to the scratch folder.
 */
async function checkEach(
  folders: TrackFolders,
  tracks: EncryptedTrack[],
  filesOf: (track: EncryptedTrack) => string[],
  reads: string[],
  firstSeconds?: number,
): Promise<void> {
  const { scratchFolder, signal, tools } = folders;
  for (const track of tracks) {
    const text = decryptionList(filesOf(track), track.key.keyHex);
    await writeFile(path.join(scratchFolder, listName(track)), text, { mode: 0o600 });
  }
  const run = { folder: scratchFolder, reads, signal };
  const decoded = await decodeEach(
    tools,
    tracks.map(listName),
    (lists) => decodeArgs(lists, firstSeconds),
    run,
  );
  await checkDecoded(folders, tracks, decoded, firstSeconds);
}

const listName = ({ file }: EncryptedTrack) => `${file}.ffconcat`;

async function checkDecoded(
  { clearFolder, signal, tools }: TrackFolders,
  tracks: EncryptedTrack[],
  decoded: Decoded[],
  firstSeconds?: number,
): Promise<void> {
  for (const [i, { file }] of tracks.entries()) {
    const { frames = [], complaint = null } = decoded[i] ?? {};
    if (frames.length > 0 && complaint === null) continue;
    // A copied source may have small faults, which decoders report; then the clear track has them as well.
    const clear = await decode(tools, decodeArgs([file], firstSeconds), { folder: clearFolder, signal });
    if (frames.length > 0 && clear.complaint !== null) continue;
    const message = `The track ${file} does not decode with its key.`;
    throw new AppError('verify-failed', message, { cause: complaint });
  }
}
