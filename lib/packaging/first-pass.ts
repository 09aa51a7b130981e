import { mkdir, rm } from 'node:fs/promises';
import { copyOutputs } from '@/lib/ffmpeg/args/prepare-args';
import { type FirstLook, firstLook, readFirstLook } from '@/lib/ffmpeg/extract-captions';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { type SamePass, surveySource } from '@/lib/ffmpeg/survey-source';
import { log } from '@/lib/log';
import type { PackagePlan, TrackSet } from '@/lib/media/package-plan';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceFacts, SourceSurvey } from '@/lib/media/source-survey';
import type { Attempt } from './attempt';
import { videoCopyBar } from './copy-rules';
import { EmptyStreams, streamsWithoutPackets } from './empty-streams';
import { copiedTracks, mainVideo, planPackage, sourceStreams } from './plan-package';

/** A plan, and what exists already. */
export interface Speculation {
  planned: PackagePlan;
  survey: SourceSurvey;
  /** Whether the clear tracks of the first lane are there. */
  isCopied: boolean;
  /** The beginning of what may be captions in the video, where it was read. */
  captions: FirstLook | undefined;
}

/**
 * Plans everything that is made of a source. Only its packets show whether it may be copied, which takes a
 * pass over the file. Where nothing else bars a copy, the fast lane's tracks are made meanwhile, and
 * discarded if they turn out unusable. Tracks that are all copied, and the first look for captions, take the
 * same pass.
 * @throws EmptyStreams
 */
export async function speculativeCopy(
  attempt: Attempt,
  source: string,
  folder: string,
  facts: Pick<SourceFacts, 'refused'>,
): Promise<Speculation> {
  const { ladder, job, progress, signal } = attempt;
  const { probe } = job.source;
  const made = tracksWorthMaking(probe, facts);
  const isOnePass = made?.audios.every(({ mode }) => mode === 'copy') === true;
  if (made) {
    // The ladder follows a copy in a lane of its own.
    progress.enterLane(0, 2);
    await progress.enter('copy');
  }
  const stop = new AbortController();
  const copying =
    made && !isOnePass
      ? copyTracks(attempt, made, source, folder, AbortSignal.any([signal, stop.signal])).then(
          () => true,
          () => false, // if it is needed, it is made again, and fails with its reason
        )
      : null;
  let isCopied = false;
  try {
    const pass = await onePass(attempt, source, isOnePass ? made : null, folder);
    const empty = streamsWithoutPackets(probe, pass.survey);
    if (empty.length > 0) throw new EmptyStreams(empty);
    const planned = planPackage(probe, { ...facts, survey: pass.survey }, ladder);
    const isWanted = made !== null && hasSameTracks(planned.lanes[0]?.make, made);
    if (!isWanted) stop.abort();
    isCopied = (copying ? await copying : pass.isCopied) && isWanted;
    return { ...pass, planned, isCopied };
  } finally {
    stop.abort();
    await copying;
    if (!isCopied) await emptyFolder(folder);
  }
}

/** The fast lane's tracks, unless the probe alone bars a copy of the video. */
function tracksWorthMaking(probe: SourceProbe, facts: Pick<SourceFacts, 'refused'>): TrackSet | null {
  const video = mainVideo(probe);
  if (!video || facts.refused.has(video.index) || videoCopyBar({ stream: video }) !== null) return null;
  return copiedTracks(video, probe, { ...facts, survey: null });
}

/** Surveys the source, and makes what it can in the same pass; if that fails, it surveys only. */
async function onePass(
  { job, signal, progress }: Attempt,
  source: string,
  copies: TrackSet | null,
  folder: string,
): Promise<Omit<Speculation, 'planned'>> {
  const { probe } = job.source;
  const video = mainVideo(probe);
  const look = video ? firstLook(video) : null;
  const tracks = copies ? [...copies.renditions, ...copies.audios].map(({ name }) => `${name}.mp4`) : [];
  if (!copies && !look)
    return { survey: await surveyProbed(source, probe, signal), isCopied: false, captions: undefined };
  try {
    const survey = await surveyProbed(source, probe, signal, {
      outputs: [...(copies ? copyOutputs(copies) : []), ...(look?.outputs ?? [])],
      files: { into: folder, names: [...tracks, ...Object.values(look?.files ?? {})] },
      onProgress: (seconds) => copies && progress.within(seconds / Math.max(probe.durationSeconds, 0.001)),
    });
    const captions = look ? await readFirstLook(folder, look.files) : undefined;
    return { survey, isCopied: copies !== null, captions };
  } catch (error) {
    signal.throwIfAborted();
    // What is needed is made again by itself, and fails with its reason.
    log().info({ package: job.packageId, err: error }, 'The source is surveyed alone');
    return { survey: await surveyProbed(source, probe, signal), isCopied: false, captions: undefined };
  }
}

/** Surveys the streams that packages are made of. Errors: see surveySource. */
export async function surveyProbed(
  source: string,
  probe: SourceProbe,
  signal?: AbortSignal,
  also?: SamePass,
): Promise<SourceSurvey> {
  const video = mainVideo(probe)?.index ?? null;
  const audios = sourceStreams(probe).filter((index) => index !== video);
  return withKnownEnd(await surveySource(source, { video, audios }, signal, also), probe);
}

/**
 * After a second edit, FFmpeg lists packets at other times than those of their frames: the header knows the
 * end.
 */
function withKnownEnd(survey: SourceSurvey, { durationSeconds }: SourceProbe): SourceSurvey {
  const { video, audios } = survey;
  if (!video?.hidesLater || durationSeconds === 0 || video.endSeconds <= durationSeconds) return survey;
  const ends = [durationSeconds, ...Array.from(audios.values(), ({ endSeconds }) => endSeconds)];
  return { ...survey, video: { ...video, endSeconds: durationSeconds }, endSeconds: Math.max(...ends) };
}

/** Whether two sets have tracks of the same streams, made in the same way. */
function hasSameTracks(one: TrackSet | undefined, other: TrackSet): boolean {
  const ways = (set: TrackSet) =>
    [...set.renditions, ...set.audios].map(({ name, mode, stream }) => `${name} ${mode} ${stream.index}`);
  return one !== undefined && ways(one).join() === ways(other).join();
}

async function copyTracks(
  { job, ladder, progress }: Attempt,
  made: TrackSet,
  source: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { probe } = job.source;
  const settings = {
    streams: sourceStreams(probe),
    durationSeconds: probe.durationSeconds,
    keyframes: { atSeconds: [] },
    preset: ladder.preset,
    holdsFrames: false,
  };
  await prepareTracks(source, { ...made, storyboard: null }, settings, folder, signal, progress.within);
}

/** Empties a folder. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}
