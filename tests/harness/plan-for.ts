import type { SourceProbe } from '@/lib/media/source-probe';
import { noFacts } from '@/lib/media/source-survey';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { type Published, planPackage } from '@/lib/packaging/plan/plan-package';
import { sampleProbe } from './sample-probe';
import { sampleAudioSurvey, sampleSurvey, sampleVideoSurvey } from './sample-survey';

/** The plan for a source whose packets match its probe. */
export function planFor(
  changes: Partial<SourceProbe>,
  keyframesSeconds: number[] = [0, 2, 4, 6, 8],
  published?: Published,
) {
  const probe = sampleProbe(changes);
  const { durationSeconds: endSeconds } = probe;
  const video = probe.videos.length > 0 ? sampleVideoSurvey({ endSeconds, keyframesSeconds }) : null;
  const audios = new Map(probe.audios.map(({ index }) => [index, sampleAudioSurvey({ endSeconds })]));
  const facts = { ...noFacts, survey: sampleSurvey({ video, audios }) };
  return planPackage(probe, facts, defaultLadder, published);
}
