import { mkdir, rm } from 'node:fs/promises';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { probeKeyframes } from '@/lib/ffmpeg/probe-source';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { SourceProbe, VideoStream } from '@/lib/media/source-probe';
import { ticksPerSecond, toTicks } from '@/lib/media/video-clock';
import type { Attempt } from './attempt';
import { couldCopyVideo } from './can-copy';
import { copiedTracks, mainVideo, planPackage, sourceStreams, zeroSeconds } from './plan-package';

/**
 * Decides all that is made of a source. Whether its video can be copied hangs on its keyframes, which take a pass over the
 * file to know; where nothing else speaks against it, the fast lane's tracks are made meanwhile, and thrown away where they
 * are of no use.
 * @returns the plan, and whether the clear tracks of its first lane are in `folder`
 */
export async function copyAhead(
  attempt: Attempt,
  source: string,
  folder: string,
): Promise<{ planned: PackagePlan; isCopied: boolean }> {
  const { ladder, job, signal } = attempt;
  const { probe } = job.source;
  const video = mainVideo(probe);
  if (!video || !couldCopyVideo(video)) return { planned: planPackage(probe, [], ladder), isCopied: false };
  // The ladder follows a copy in a lane of its own.
  attempt.progress.enterLane(0, 2);
  await attempt.progress.enter('copy');
  const stop = new AbortController();
  const within = { ...attempt, signal: AbortSignal.any([signal, stop.signal]) };
  const copying = copyTracks(within, video, source, folder).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  let isCopied = false;
  try {
    const planned = planPackage(probe, await readKeyframes(source, video.index, probe, signal), ladder);
    isCopied = planned.lanes[0]?.make.renditions[0]?.mode === 'copy';
    if (!isCopied) stop.abort();
    const failed = await copying;
    if (isCopied && failed) throw failed.error;
    return { planned, isCopied };
  } finally {
    stop.abort();
    await copying;
    if (!isCopied) await emptied(folder);
  }
}

async function copyTracks(attempt: Attempt, video: VideoStream, source: string, folder: string) {
  const { job, ladder, progress, signal } = attempt;
  const { probe } = job.source;
  const { durationSeconds } = probe;
  const settings = {
    streams: sourceStreams(probe),
    durationSeconds,
    keyframes: { atSeconds: [] },
    preset: ladder.preset,
  };
  await prepareTracks(
    source,
    { ...copiedTracks(video, probe), storyboard: null },
    settings,
    folder,
    signal,
    progress.within,
  );
}

/** Of the main video, from the file's start: recorders and broadcasts let files start at any time. */
async function readKeyframes(file: string, index: number, probe: SourceProbe, signal: AbortSignal) {
  const zero = toTicks(zeroSeconds(probe));
  const times = await probeKeyframes(file, index, signal);
  return times.map((time) => (toTicks(time) - zero) / ticksPerSecond);
}

async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}
