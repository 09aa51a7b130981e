import { findDiscontinuity } from '@/lib/ffmpeg/find-discontinuity';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { sourceStreams } from '../plan/plan-package';

/** The source has several time bases: the attempt starts again with this knowledge. */
export class Discontinuous extends Error {
  constructor(readonly discontinuitySeconds: number) {
    super('The timestamps of the source begin anew on the way.');
  }
}

/** Containers whose clock may step on the way, by FFmpeg's names: MPEG-TS and MPEG-PS. */
const stepping = ['mpegts', 'mpeg'];
const holeSeconds = 0.2;

/**
 * Looks for steps of the clock where the survey shows a hole: FFmpeg follows such steps, but counts one twice
 * when a packet from before it comes after it. Returns the probe with what was found. Errors: see askFfprobe.
 */
export async function withDiscontinuity(
  tools: ToolRunner,
  path: string,
  probe: SourceProbe,
  survey: SourceSurvey,
  signal?: AbortSignal,
): Promise<SourceProbe> {
  if (probe.discontinuitySeconds !== undefined || !stepping.includes(probe.container)) return probe;
  if (!hasHole(survey)) return probe;
  return {
    ...probe,
    discontinuitySeconds: await findDiscontinuity(tools, path, sourceStreams(probe), signal),
  };
}

function hasHole({ video, audios }: SourceSurvey): boolean {
  const times = video?.framesSeconds ?? [];
  const isHole = (time: number, i: number) => time - (times[i - 1] ?? time) > holeSeconds;
  if (times.some(isHole)) return true;
  return [...audios.values()].some(({ longestGapSeconds }) => longestGapSeconds > holeSeconds);
}
