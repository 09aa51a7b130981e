import { mkdir, rm } from 'node:fs/promises';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { surveySource } from '@/lib/ffmpeg/survey-source';
import type { PackagePlan, TrackSet } from '@/lib/media/package-plan';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceFacts, SourceSurvey } from '@/lib/media/source-survey';
import type { Attempt } from './attempt';
import { barToVideoCopy } from './copy-rules';
import { EmptyStreams, streamsWithoutPackets } from './empty-streams';
import { copiedTracks, mainVideo, planPackage, sourceStreams } from './plan-package';

/** A plan, and whether the clear tracks of its first lane exist already. */
export interface Speculation {
  planned: PackagePlan;
  survey: SourceSurvey;
  isCopied: boolean;
}

/**
 * Plans everything that is made of a source. Only its packets show whether it may be copied, which takes a
 * pass over the file. Where nothing else bars a copy, the fast lane's tracks are made meanwhile, and
 * discarded if they turn out unusable.
 * @throws EmptyStreams
 */
export async function speculativeCopy(
  attempt: Attempt,
  source: string,
  folder: string,
  facts: Pick<SourceFacts, 'refused'>,
): Promise<Speculation> {
  const { ladder, job, signal } = attempt;
  const { probe } = job.source;
  const survey = async () => {
    const known = await surveyProbed(source, probe, signal);
    const empty = streamsWithoutPackets(probe, known);
    if (empty.length > 0) throw new EmptyStreams(empty);
    return known;
  };
  const plan = (known: SourceSurvey) => planPackage(probe, { ...facts, survey: known }, ladder);
  const video = mainVideo(probe);
  if (!video || facts.refused.has(video.index) || barToVideoCopy({ stream: video }) !== null) {
    const known = await survey();
    return { planned: plan(known), survey: known, isCopied: false };
  }
  // The ladder follows a copy in a second lane.
  attempt.progress.enterLane(0, 2);
  await attempt.progress.enter('copy');
  const made = copiedTracks(video, probe, { ...facts, survey: null });
  const stop = new AbortController();
  const copying = copyTracks(attempt, made, source, folder, AbortSignal.any([signal, stop.signal])).then(
    () => true,
    () => false, // if it is needed, it is made again, and fails with its reason
  );
  let isCopied = false;
  try {
    const known = await survey();
    const planned = plan(known);
    const isWanted = hasSameTracks(planned.lanes[0]?.make, made);
    if (!isWanted) stop.abort();
    isCopied = (await copying) && isWanted;
    return { planned, survey: known, isCopied };
  } finally {
    stop.abort();
    await copying;
    if (!isCopied) await emptied(folder);
  }
}

/** Surveys the streams that packages are made of. Errors: see surveySource. */
export function surveyProbed(
  source: string,
  probe: SourceProbe,
  signal?: AbortSignal,
): Promise<SourceSurvey> {
  const video = mainVideo(probe)?.index ?? null;
  const audios = sourceStreams(probe).filter((index) => index !== video);
  return surveySource(source, { video, audios }, signal);
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
export async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}
