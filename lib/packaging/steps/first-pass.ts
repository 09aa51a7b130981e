import { rm } from 'node:fs/promises';
import path from 'node:path';
import { copyOutputs } from '@/lib/ffmpeg/args/prepare-args';
import { type FirstLook, firstLook, readFirstLook } from '@/lib/ffmpeg/extract-captions';
import { log } from '@/lib/log';
import type { PackagePlan, PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceFacts, SourceSurvey } from '@/lib/media/source-survey';
import type { Attempt } from '../attempt';
import { videoCopyBar } from '../plan/copy-rules';
import { copiedTracks, earlyShare, mainVideo, planPackage } from '../plan/plan-package';
import { Discontinuous, withDiscontinuity } from './discontinuities';
import { EmptyStreams, streamsWithoutPackets } from './empty-streams';
import { type Known, publishedOf } from './learn';
import { surveyStreams } from './survey-streams';

/** A plan, and what exists already. */
export interface FirstPass {
  plan: PackagePlan;
  survey: SourceSurvey;
  /** The tracks of the first version that are there: copies. */
  made: TrackSet;
  /** The beginning of what may be captions in the video, where it was read. */
  captions: FirstLook | undefined;
}

/**
 * Plans everything that is made of a source. Only its packets show whether it may be copied, which takes a
 * pass over the file. Where the probe does not bar a copy of the video, the same pass copies the fast lane's
 * tracks, which are discarded if they turn out unusable; and it takes a first look for captions.
 * @throws EmptyStreams, Discontinuous
 */
export async function firstPass(
  attempt: Attempt,
  source: SourceFile,
  folder: string,
  known: Known,
): Promise<FirstPass> {
  const { ladder, job, progress } = attempt;
  const { probe } = job.source;
  const copies = copiesWorthMaking(probe, known);
  if (copies.renditions.length > 0) {
    progress.enterShare(earlyShare);
    await progress.enter('copy');
  }
  const { survey, made, captions } = await passOver(attempt, source, copies, folder);
  const { discontinuitySeconds } = await withDiscontinuity(
    attempt.tools,
    source.path,
    probe,
    survey,
    attempt.signal,
  );
  if (discontinuitySeconds && !probe.discontinuitySeconds) throw new Discontinuous(discontinuitySeconds);
  const empty = streamsWithoutPackets(probe, survey);
  if (empty.length > 0) throw new EmptyStreams(empty);
  const plan = planPackage(probe, { refused: known.refused, survey }, ladder, publishedOf(job, known));
  const unusable = withoutTracks(made, plan.versions[0]?.make ?? noTracks);
  await removeFiles(trackFiles(unusable), folder);
  return { plan, survey, captions, made: withoutTracks(made, unusable) };
}

const noTracks: TrackSet = { renditions: [], audios: [] };

/** The tracks of one set that another one does not have: those of other streams, or made in another way. */
export function withoutTracks({ renditions, audios }: TrackSet, other: TrackSet): TrackSet {
  const id = ({ name, mode, stream }: Rendition | PlannedAudio) => `${name} ${mode} ${stream.index}`;
  const known = new Set([...other.renditions, ...other.audios].map(id));
  return {
    renditions: renditions.filter((item) => !known.has(id(item))),
    audios: audios.filter((item) => !known.has(id(item))),
  };
}

/** The copies in the fast lane; none where the probe alone bars a copy of the video. */
function copiesWorthMaking(probe: SourceProbe, facts: Pick<SourceFacts, 'refused'>): TrackSet {
  const video = mainVideo(probe);
  if (!video || facts.refused.has(video.index) || videoCopyBar({ stream: video }) !== null) return noTracks;
  const { renditions, audios } = copiedTracks(video, probe, { ...facts, survey: null });
  return { renditions, audios: audios.filter(({ mode }) => mode === 'copy') };
}

/** Surveys the source, and makes what it can in the same pass; if that fails, it surveys only. */
async function passOver(
  { job, signal, progress, tools }: Attempt,
  source: SourceFile,
  copies: TrackSet,
  folder: string,
): Promise<Omit<FirstPass, 'plan'>> {
  const { probe } = job.source;
  const video = mainVideo(probe);
  const look = video ? firstLook(video) : null;
  const names = [...trackFiles(copies), ...Object.values(look?.files ?? {})];
  const surveyOnly = async () => ({
    survey: await surveyStreams(tools, source, probe, signal),
    made: noTracks,
    captions: undefined,
  });
  if (names.length === 0) return surveyOnly();
  const reportsProgress = copies.renditions.length > 0;
  try {
    const survey = await surveyStreams(tools, source, probe, signal, {
      outputs: [...copyOutputs(copies), ...(look?.outputs ?? [])],
      files: { into: folder, names },
      onProgress: (seconds) =>
        reportsProgress && progress.within(seconds / Math.max(probe.durationSeconds, 0.001)),
    });
    const captions = look ? await readFirstLook(folder, look.files) : undefined;
    return { survey, made: copies, captions };
  } catch (error) {
    signal.throwIfAborted();
    await removeFiles(names, folder);
    // What is needed is made again by itself, and fails with its reason.
    log().info({ package: job.packageId, err: error }, 'The source is surveyed alone');
    return surveyOnly();
  }
}

const trackFiles = ({ renditions, audios }: TrackSet) =>
  [...renditions, ...audios].map(({ name }) => `${name}.mp4`);

async function removeFiles(names: string[], folder: string): Promise<void> {
  await Promise.all(names.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}
