import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';

/** Containers whose header says how long they are; of others, FFmpeg estimates it. */
const withDuration = ['mov', 'matroska', 'avi', 'asf', 'flv'];

/** Headers round, and some count the last frame twice. */
const toleranceSeconds = 0.5;
const toleranceShare = 0.02;

/** Says that a file ends before its header says it does; nothing where it does not. */
export function truncation(probe: SourceProbe, { endSeconds }: SourceSurvey): string[] {
  const { container, durationSeconds } = probe;
  if (!withDuration.some((name) => container.split(',').includes(name))) return [];
  const missing = durationSeconds - endSeconds;
  if (missing <= Math.max(toleranceSeconds, durationSeconds * toleranceShare)) return [];
  const [at, of] = [endSeconds, durationSeconds].map((seconds) => seconds.toFixed(1));
  return [`The file is truncated at ${at} s of ${of} s: what comes after is missing in it.`];
}
