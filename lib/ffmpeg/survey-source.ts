import { stat } from 'node:fs/promises';
import type { SourceFile } from '@/lib/media/source-file';
import type { SourceSurvey } from '@/lib/media/source-survey';
import { type RequestedFiles, withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { Argv } from './args/argv';
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
 * What is made of the surveyed streams in the same pass over the source: options of its outputs, and their
 * files.
 */
export interface SamePass {
  outputs: Argv;
  files: RequestedFiles;
  /** Gets the seconds of the source that were read. */
  onProgress(seconds: number): void;
}

/**
 * Reads every packet of some streams of a source, without decoding, and reports what is really there.
 * @throws AppError `encode-failed` when the file can't be read, or what is made in the same pass fails;
 * `tool-timeout`
 */
export async function surveySource(
  tools: ToolRunner,
  source: SourceFile,
  { video, audios }: SurveyedStreams,
  signal?: AbortSignal,
  also?: SamePass,
): Promise<SourceSurvey> {
  const indexes = [...(video === null ? [] : [video]), ...audios];
  const reader = new SurveyReader(video, indexes);
  if (indexes.length === 0) return reader.survey();
  const { size } = await stat(source.path);
  const timeoutSeconds = leastTimeoutSeconds + size / slowestBytesPerSecond;
  const run = {
    args: surveyArgs(source, indexes, also?.outputs),
    reads: [source.path],
    timeoutSeconds,
    signal,
  };
  const onLine = (line: string) => {
    reader.read(line);
    also?.onProgress(reader.seconds);
  };
  if (!also) await runFfmpeg(tools, { ...run, onLine }).catch(encodeFailed);
  else
    await withOutbox(also.files, (outbox) => runFfmpeg(tools, { ...run, outbox, onLine })).catch(
      encodeFailed,
    );
  return reader.survey();
}
