import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DashTrack } from '@/lib/formats/dash/read-dash';
import { startsWithIdr } from '@/lib/formats/mp4-files/inspect-copy';
import { keyFor } from '@/lib/keys/key-labels';
import type { PackageKey } from '@/lib/media/content-key';
import { attemptFolder, versionFolder } from '@/lib/media/file-names';
import type { TextTrack } from '@/lib/media/text-track';
import type { Publication, PublishedVersion, Track } from '@/lib/media/track';
import { packageArgs, packagedFiles } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { runConcurrently } from '@/lib/processes/run-concurrently';
import { syncFolder } from '@/lib/storage/sync-to-disk';
import { verifyTracks } from '@/lib/verify/verify-tracks';
import type { Attempt } from '../attempt';
import type { SourceTrack } from '../plan/packager-tracks';
import type { WorkFolders } from '../work-folder';
import { presentationEnd, readVersionTimes, type VersionTimes } from './check-times';
import { finishManifests } from './finish-manifests';
import { type DownloadParts, makeDownload } from './make-download';
import { folderBytes, publish } from './publish';
import { addSideTracks } from './side-tracks';

/** The parts of a version: clear tracks, and the files beside them, all in the attempt's tracks folder. */
export interface VersionParts {
  number: number;
  tracks: SourceTrack[];
  texts: TextTrack[];
  segmentSeconds: number;
  notCarried: string[];
  /** Set for the last version that the job publishes. */
  last: Publication['last'];
  /** Whether all video tracks must be cut at the same times; false for versions made from published ones. */
  isAligned: boolean;
  /** Compares the tracks with their source; returns what is not carried. */
  checkTimes?(times: VersionTimes): string[];
  /** Makes the missing tracks, which the download does not need. */
  complete?(signal: AbortSignal): Promise<void>;
}

/**
 * Encrypts and packages clear tracks, checks the result, and publishes it as a version; with it the download,
 * where `downloadParts` describes one.
 */
export async function buildVersion(
  attempt: Attempt,
  parts: VersionParts,
  downloadParts: DownloadParts | null,
  folders: WorkFolders,
): Promise<void> {
  const folder = path.join(folders.attempt, attemptFolder(versionFolder(parts.number), attempt.job));
  await mkdir(folder, { mode: 0o700 });
  await attempt.progress.enter('package');
  // Each is made and then checked, without waiting for the other.
  const [stream, download] = await runConcurrently(
    attempt.signal,
    async (signal) => {
      await parts.complete?.(signal);
      return makeStream({ ...attempt, signal }, parts, folders, folder);
    },
    async (signal) =>
      downloadParts ? makeDownload({ ...attempt, signal }, downloadParts, folders) : undefined,
  );
  const { durationSeconds } = stream;
  await addSideTracks(folder, folders.tracks, { ...parts, durationSeconds });
  await attempt.progress.enter('publish');
  const version = await describe(folder, parts, stream);
  await publish(attempt, { version, download, last: parts.last }, folders);
}

/** Checked, encrypted tracks. */
interface Stream {
  tracks: DashTrack[];
  durationSeconds: number;
  notCarried: string[];
}

/** Makes the encrypted tracks and their manifests in the version's folder. */
async function makeStream(
  attempt: Attempt,
  { tracks, segmentSeconds, isAligned, checkTimes }: VersionParts,
  folders: WorkFolders,
  folder: string,
): Promise<Stream> {
  const { job, progress, signal } = attempt;
  const { scheme, signalling, packageId } = job;
  const keys = usedKeys(attempt.keys, tracks);
  const kids = new Map(tracks.map(({ name, keyLabel }) => [`${name}.mp4`, keyFor(keys, keyLabel).kidHex]));
  const request = { tracks, scheme, signalling, segmentSeconds };
  const args = (keyFile: string, output: string) => packageArgs({ ...request, output }, keyFile);
  const requested = { into: folder, names: packagedFiles(tracks) };
  await runPackager(attempt.tools, {
    folder: folders.tracks,
    requested,
    keys,
    use: 'encryption',
    args,
    signal,
  });
  const names = tracks.map(({ name }) => name);
  const times = await readVersionTimes(folder, names);
  const durationSeconds = presentationEnd(times);
  const randomAccess = await randomAccessTracks(folders.tracks, tracks);
  await finishManifests(folder, { packageId, scheme, tracks, kids, durationSeconds, randomAccess });

  await progress.enter('verify');
  const notCarried = checkTimes?.(times) ?? [];
  const scratchFolder = path.join(folders.attempt, 'scratch');
  const places = { versionFolder: folder, clearFolder: folders.tracks, scratchFolder };
  const [verified] = await runConcurrently(
    signal,
    (signal) => verifyTracks({ tools: attempt.tools, ...places, scheme, keys, kids, isAligned, signal }),
    // Publishing waits until all is on the disk: syncing now lets it play sooner.
    () => syncFolder(folder),
  );
  return { tracks: verified, durationSeconds, notCarried };
}

/**
 * The video tracks whose segments all begin at random access points: copies in old versions may have other
 * segments.
 */
async function randomAccessTracks(folder: string, tracks: SourceTrack[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const { kind, name } of tracks)
    if (kind === 'video' && (await startsWithIdr(path.join(folder, `${name}.mp4`)))) names.add(name);
  return names;
}

/** Only the keys that the tracks need: Shaka Packager lists every key it is given in every track's PSSH. */
function usedKeys(keys: PackageKey[], tracks: SourceTrack[]): PackageKey[] {
  return keys.filter(({ label }) => tracks.some(({ keyLabel }) => keyLabel === label));
}

/** The published description of a version: its tracks as in the manifest, completed from its parts. */
async function describe(folder: string, parts: VersionParts, stream: Stream): Promise<PublishedVersion> {
  const sources = new Map(parts.tracks.map((track) => [`${track.name}.mp4`, track]));
  const encrypted = stream.tracks.map((found): Track => {
    const { file, kind, codec, bitrateBps, language, width, height, channels } = found;
    const { label = null, role = null, isCopied = false } = sources.get(file) ?? {};
    return { kind, file, codec, bitrateBps, language, label, role, width, height, channels, isCopied };
  });
  const { number } = parts;
  const { durationSeconds } = stream;
  const notCarried = [...parts.notCarried, ...stream.notCarried];
  const tracks = [...encrypted, ...parts.texts.map(textTrack)];
  const sizeBytes = await folderBytes(folder);
  return { number, folder: path.basename(folder), tracks, sizeBytes, durationSeconds, notCarried };
}

export function textTrack({ file, language, label, role }: TextTrack): Track {
  const none = { bitrateBps: 0, width: null, height: null, channels: null };
  return { kind: 'text', file, codec: 'wvtt', language, label, role, isCopied: false, ...none };
}
