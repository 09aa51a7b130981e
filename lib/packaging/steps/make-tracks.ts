import path from 'node:path';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { retimeTrack } from '@/lib/formats/mp4-files/retime-track';
import { log } from '@/lib/log';
import type { PackagePlan, PlannedVersion, TrackSet } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { runConcurrently } from '@/lib/processes/run-concurrently';
import type { Attempt } from '../attempt';
import { mainVideo } from '../plan/plan-package';
import type { WorkFolders } from '../work-folder';
import { hasDamage } from './check-copies';
import { checkForSamples, encodeFindingEmptyStreams } from './empty-streams';
import { type FirstPass, withoutTracks } from './first-pass';
import type { Known } from './learn';
import { makeDownload } from './make-download';
import { publish } from './publish';
import { inspectCopies, mayComeFromCopy, withCopies } from './refused-copies';
import { describeStoryboard } from './storyboard';

/** What the versions of a package are made from. */
export interface Work extends Omit<FirstPass, 'captions'> {
  attempt: Attempt;
  known: Known;
  folders: WorkFolders;
  source: SourceFile;
}

/**
 * Makes the clear tracks of a version that are not there yet, and checks them.
 * @returns what FFmpeg complained of
 * @throws CopiesRefused, EmptyStreams, and those of prepareTracks
 */
export async function makeTracks(work: Work, version: PlannedVersion): Promise<string> {
  const { attempt, folders, source, made, survey, plan, known } = work;
  const missing = withoutTracks(version.make, made);
  const make = () => withCopies(missing, () => encode(work, { ...version, make: missing }));
  const messages = await encodeFindingEmptyStreams(attempt.tools, missing, source, attempt.signal, make);
  recordDamage(version.make, messages, known);
  await checkForSamples(version.make, folders.tracks);
  await inspectCopies(version.make, survey, folders.tracks);
  await retimeVideo(version.make, plan, folders);
  return messages;
}

/** Makes tracks and thumbnails, and the download where it can be made meanwhile. */
async function encode(work: Work, { make, storyboard, download }: PlannedVersion): Promise<string> {
  const { attempt, folders, source, plan } = work;
  const { job, progress, tools } = attempt;
  await progress.enter(make.renditions.some(({ mode }) => mode === 'encode') ? 'encode' : 'copy');
  const outputs = { ...make, storyboard: withStream(storyboard, job.source.probe) };
  const [messages] = await runConcurrently(
    attempt.signal,
    (signal) => prepareTracks(tools, source, outputs, plan, folders.tracks, signal, progress.within),
    (signal) => (download === 'beside' ? downloadBeside(work, signal) : Promise.resolve()),
  );
  if (storyboard) await describeStoryboard(folders.tracks, storyboard);
  return messages;
}

/** Makes the download from the source, unless it exists by now; where that fails, it comes later. */
async function downloadBeside(
  { attempt, known, folders, source, plan }: Work,
  signal: AbortSignal,
): Promise<void> {
  if (known.hasDownload) return;
  const parts = { ...plan, source, downloadOfTracks: null };
  const download = await makeDownload({ ...attempt, signal }, parts, folders).catch(orFromTracks);
  if (!download) return;
  await publish({ ...attempt, signal }, { download }, folders);
  known.hasDownload = true;
}

/** A download that cannot be made from the source's streams is made from tracks, once those exist. */
function orFromTracks(error: unknown): null {
  if (!mayComeFromCopy(error)) throw error;
  log().info({ err: error }, 'The download waits for the tracks');
  return null;
}

/** A video stream whose copy was refused, and of which the decoder complains, is damaged. */
function recordDamage({ renditions }: TrackSet, messages: string, { refused, damaged }: Known): void {
  for (const { stream } of renditions)
    if (refused.has(stream.index) && hasDamage(messages, stream.codec, stream.index))
      damaged.add(stream.index);
}

/**
 * Makes the first frame last from the start, and the last one to the end: players stall or skip where a track
 * has no frame.
 */
async function retimeVideo({ renditions }: TrackSet, { videoEndSeconds }: PackagePlan, folders: WorkFolders) {
  for (const { name } of renditions) {
    const change = { startsAtZero: true, endSeconds: videoEndSeconds };
    await retimeTrack(path.join(folders.tracks, `${name}.mp4`), change);
  }
}

/** A storyboard shows the main video. */
function withStream(storyboard: Storyboard | null, probe: SourceProbe) {
  const stream = mainVideo(probe);
  return storyboard && stream ? { ...storyboard, stream } : null;
}
