import path from 'node:path';
import { AppError } from '@/lib/errors';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { retimeTrack } from '@/lib/formats/mp4-files/retime-track';
import { log } from '@/lib/log';
import type { Lane, PackagePlan, TrackSet } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import { type SourceProbe, withEmptyStreams } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { runConcurrently } from '@/lib/processes/run-concurrently';
import type { Attempt } from './attempt';
import { buildVersion } from './build-version';
import { checkCopies, hasDamage } from './check-copies';
import { checkTimes, type VersionTimes } from './check-times';
import { Discontinuous } from './discontinuities';
import { checkForSamples, EmptyStreams, encodeFindingEmptyStreams } from './empty-streams';
import { firstPass, withoutTracks } from './first-pass';
import { gatherTextTracks } from './gather-text-tracks';
import { makeDownload } from './make-download';
import { damage } from './not-carried';
import { openSource } from './open-source';
import { plannedTracks } from './packager-tracks';
import { mainVideo } from './plan-package';
import { publish } from './publish';
import { CopiesRefused, inspectCopies, mayComeFromCopy, withCopies } from './refused-copies';
import { describeStoryboard } from './storyboard';
import { truncation } from './truncation';
import { emptyWorkFolders, inWorkFolder, type WorkFolders } from './work-folder';

/**
 * The state that survives a restart of the attempt: what was published, and what was learned about the
 * source's streams.
 */
interface Done {
  versions: number;
  hasDownload: boolean;
  /** See SourceFacts. */
  refused: Set<number>;
  /** Video streams that are damaged in places. */
  damaged: Set<number>;
}

/**
 * The story of Cenclave: from an uploaded video to the published, encrypted versions of its package. The fast
 * lane, where there is one, is playable in seconds; the download and the ladder follow. A stream whose copy
 * fails is encoded.
 */
export async function packageVideo(attempt: Attempt): Promise<void> {
  const { job, progress, settings, store } = attempt;
  await inWorkFolder(settings.STORAGE_DIR, job, async (folders) => {
    await progress.enter('probe');
    const done = {
      versions: 0,
      hasDownload: job.hasDownload,
      refused: new Set<number>(),
      damaged: new Set<number>(),
    };
    for (let informed = attempt; ; ) {
      try {
        return await makeVersions(informed, await openSource(informed.job, store), done, folders);
      } catch (error) {
        informed = await learn(error, informed, done);
        log().info({ package: job.packageId, err: error }, 'The attempt starts again');
        await emptyWorkFolders(folders);
      }
    }
  });
}

/**
 * Adds to the attempt what an error shows about the source's streams. What the source's probe
 * did not show is recorded for every package of it.
 * @throws the error, or its cause, when it shows nothing new
 */
async function learn(error: unknown, attempt: Attempt, { refused }: Done): Promise<Attempt> {
  const { job, queue } = attempt;
  const withProbe = async (probe: SourceProbe) => {
    await queue.recordProbe(job, probe);
    return { ...attempt, job: { ...job, source: { ...job.source, probe } } };
  };
  if (error instanceof Discontinuous) {
    const { discontinuitySeconds } = error;
    return withProbe({ ...job.source.probe, discontinuitySeconds });
  }
  if (error instanceof EmptyStreams) {
    const { videos, audios } = job.source.probe;
    const isKnown = (index: number) =>
      [...videos, ...audios].some((stream) => stream.index === index && stream.isEmpty);
    if (error.streams.every(isKnown)) throw error;
    return withProbe(withEmptyStreams(job.source.probe, error.streams));
  }
  if (!(error instanceof CopiesRefused)) throw error;
  if (error.streams.every((index) => refused.has(index))) throw error.cause ?? error;
  for (const index of error.streams) refused.add(index);
  return attempt;
}

async function makeVersions(
  attempt: Attempt,
  source: SourceFile,
  done: Done,
  folders: WorkFolders,
): Promise<void> {
  const { job, progress } = attempt;
  const { probe } = job.source;
  const { planned, survey, made, captions } = await firstPass(attempt, source, folders.tracks, done);
  if (planned.lanes.every(({ publish }) => publish.renditions.length + publish.audios.length === 0))
    throw new AppError('not-a-video', 'The file declares video or audio, but none of it can be decoded.');
  const { texts, notCarried } = await gatherTextTracks(attempt, source, folders.tracks, captions);
  for (const [i, lane] of planned.lanes.entries()) {
    progress.enterLane(i, planned.lanes.length);
    const rest = { ...lane, make: withoutTracks(lane.make, made) };
    const make = () => withCopies(rest.make, () => makeTracks(attempt, rest, planned, source, done, folders));
    const messages = await encodeFindingEmptyStreams(attempt.tools, rest.make, source, attempt.signal, make);
    recordDamage(lane.make, messages, done);
    await checkForSamples(lane.make, folders.tracks);
    await inspectCopies(lane.make, survey, folders.tracks);
    await retimeVideo(lane, planned, folders);
    // After an attempt that published the fast lane, it is not published again.
    if (i < planned.lanes.length - 1 && (job.current || done.versions > 0)) continue;
    const publication = lane.publish;
    const isLast = i === planned.lanes.length - 1;
    if (isLast) {
      const isDecoded = lane.make.renditions.some(({ mode }) => mode === 'encode');
      await checkCopies(
        attempt.tools,
        publication,
        folders.tracks,
        attempt.signal,
        isDecoded ? messages : null,
      );
    }
    const parts = {
      ...planned,
      number: job.versionNumber + done.versions,
      tracks: plannedTracks(publication, job.keyMode),
      texts,
      notCarried: [...truncation(probe, survey), ...damage(probe, done.damaged), ...notCarried],
      last: isLast ? { removes: null } : undefined,
      isAligned: true,
      checkTimes: (times: VersionTimes) => checkTimes(publication, survey, times),
    };
    const download = isLast && !done.hasDownload ? { ...planned, source } : null;
    const build = () => buildVersion(attempt, parts, download, folders);
    await withCopies(publication, build, () =>
      checkCopies(attempt.tools, publication, folders.tracks, attempt.signal, null),
    );
    done.versions += 1;
  }
}

/** A video stream whose copy was refused, and of which the decoder complains, is damaged. */
function recordDamage({ renditions }: TrackSet, messages: string, { refused, damaged }: Done): void {
  for (const { stream } of renditions)
    if (refused.has(stream.index) && hasDamage(messages, stream.codec, stream.index))
      damaged.add(stream.index);
}

/**
 * Makes a lane's clear tracks and thumbnails, and the download where it can be made meanwhile.
 * @returns what FFmpeg complained of
 */
async function makeTracks(
  attempt: Attempt,
  { make, storyboard, download }: Lane,
  plan: PackagePlan,
  source: SourceFile,
  done: Done,
  folders: WorkFolders,
): Promise<string> {
  const { job, progress } = attempt;
  await progress.enter(make.renditions.some(({ mode }) => mode === 'encode') ? 'encode' : 'copy');
  const outputs = { ...make, storyboard: withStream(storyboard, job.source.probe) };
  const [messages] = await runConcurrently(
    attempt.signal,
    (signal) => prepareTracks(attempt.tools, source, outputs, plan, folders.tracks, signal, progress.within),
    async (signal) => {
      // After an attempt that published the download, it is not made again.
      if (download !== 'beside' || done.hasDownload) return;
      const parts = { ...plan, source, downloadOfTracks: null };
      const made = await makeDownload({ ...attempt, signal }, parts, folders).catch(orFromTracks);
      if (!made) return;
      await publish({ ...attempt, signal }, { download: made }, folders);
      done.hasDownload = true;
    },
  );
  if (storyboard) await describeStoryboard(folders.tracks, storyboard);
  return messages;
}

/** A download that cannot be made from the source's streams is made from tracks, once those exist. */
function orFromTracks(error: unknown): null {
  if (!mayComeFromCopy(error)) throw error;
  log().info({ err: error }, 'The download waits for the tracks');
  return null;
}

/**
 * Makes the first frame last from the start, and the last one to the end: players stall or skip where a track
 * has no frame.
 */
async function retimeVideo({ make }: Lane, { videoEndSeconds }: PackagePlan, folders: WorkFolders) {
  for (const { name } of make.renditions) {
    const change = { startsAtZero: true, endSeconds: videoEndSeconds };
    await retimeTrack(path.join(folders.tracks, `${name}.mp4`), change);
  }
}

/** A storyboard shows the main video. */
function withStream(storyboard: Storyboard | null, probe: SourceProbe) {
  const stream = mainVideo(probe);
  return storyboard && stream ? { ...storyboard, stream } : null;
}
