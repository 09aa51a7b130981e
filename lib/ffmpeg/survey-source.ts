import { stat } from 'node:fs/promises';
import type { SourceSurvey } from '@/lib/media/source-survey';
import { surveyArgs } from './args/survey-args';
import { encodeFailed } from './encode-failed';
import { SurveyReader } from './parse-survey';
import { runFfmpeg } from './run-ffmpeg';

/** Reading takes a second per hundreds of megabytes; these allow for slow disks. */
const leastTimeoutSeconds = 600;
const slowestBytesPerSecond = 10e6;

/** The streams of a source that a package is made of, by their index in the file. */
export interface SurveyedStreams {
  video: number | null;
  audios: number[];
}

/**
 * Reads every packet of some streams of a source, without decoding, and reports what is really there.
 * @throws AppError `encode-failed` when the file can't be read, `tool-timeout`
 */
export async function surveySource(
  file: string,
  { video, audios }: SurveyedStreams,
  signal?: AbortSignal,
  timeoutSeconds?: number,
): Promise<SourceSurvey> {
  const indexes = [...(video === null ? [] : [video]), ...audios];
  const reader = new SurveyReader(video, indexes);
  if (indexes.length === 0) return reader.survey();
  const { size } = await stat(file);
  await runFfmpeg({
    args: surveyArgs(file, indexes),
    reads: [file],
    timeoutSeconds: timeoutSeconds ?? leastTimeoutSeconds + size / slowestBytesPerSecond,
    signal,
    onLine: (line) => reader.read(line),
  }).catch(encodeFailed);
  return reader.survey();
}
