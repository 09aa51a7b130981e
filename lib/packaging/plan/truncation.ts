import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';

/** Containers whose header states their duration; for others, FFmpeg estimates it. */
const withDuration = ['mov', 'matroska', 'avi', 'asf', 'flv', 'flac'];

/** Headers are rounded, and some count the last frame twice. */
const toleranceSeconds = 0.5;
const toleranceShare = 0.02;

/**
 * A sentence that the file ends before its header, or its structure, says it does; nothing where it does not.
 */
export function truncation(probe: SourceProbe, { endSeconds }: SourceSurvey): string[] {
  const { container, durationSeconds, isCutOff } = probe;
  const isClaimed = withDuration.some((name) => container.split(',').includes(name));
  const missing = isClaimed ? durationSeconds - endSeconds : 0;
  if (!isCutOff && missing <= Math.max(toleranceSeconds, durationSeconds * toleranceShare)) return [];
  const [at, whole] = [endSeconds, durationSeconds].map((seconds) => seconds.toFixed(1));
  const of = missing > 0 && at !== whole ? ` of ${whole} s` : '';
  return [`The file is truncated at ${at} s${of}: the rest is missing.`];
}
