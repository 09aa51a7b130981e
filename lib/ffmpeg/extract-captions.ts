import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { readCaptionData } from '@/lib/formats/captions/caption-data';
import { type CaptionChannel, decodeCaptions } from '@/lib/formats/captions/closed-captions';
import type { SourceFile } from '@/lib/media/source-file';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { Argv } from './args/argv';
import {
  type CaptionFiles,
  type CaptionStream,
  captionArgs,
  captionOutputs,
  mayHaveCaptions,
} from './args/caption-args';
import { runFfmpeg } from './run-ffmpeg';

/** Video with captions carries caption data from its start, even before the first caption. */
const lookSeconds = 60;
const leastTimeoutSeconds = 30;
/** Nothing is decoded: this is the time to read a file from a slow disk. */
const slowestBytesPerSecond = 20e6;

/** The beginning of what may be captions in a stream, from another pass over the source. */
export interface FirstLook {
  data: Buffer;
  times: string;
}

/**
 * Outputs for another pass over the source, which save captions a pass of their own; null where none can be.
 */
export function firstLook(stream: CaptionStream): { outputs: Argv; files: CaptionFiles } | null {
  if (!mayHaveCaptions(stream)) return null;
  const files = { data: 'captions-first.data', times: 'captions-first.times' };
  return { outputs: captionOutputs(stream, files, lookSeconds), files };
}

/** Reads the files of `firstLook`, and removes them. */
export async function readFirstLook(folder: string, { data, times }: CaptionFiles): Promise<FirstLook> {
  const [dataFile, timesFile] = [path.join(folder, data), path.join(folder, times)];
  const look = { data: await readFile(dataFile), times: await readFile(timesFile, 'utf8') };
  await Promise.all([rm(dataFile), rm(timesFile)]);
  return look;
}

/**
 * The closed captions in a source's video or caption track (CEA-608, else CEA-708), timed from the source's
 * start like its other tracks; empty where there are none, or where they can't be read. `folder` is for
 * temporary files. With a first look, the source is read only if that shows captions.
 */
export async function extractCaptions(
  tools: ToolRunner,
  source: SourceFile,
  stream: CaptionStream,
  streams: number[],
  durationSeconds: number,
  folder: string,
  signal: AbortSignal,
  looked?: FirstLook,
): Promise<CaptionChannel[]> {
  if (!mayHaveCaptions(stream)) return [];
  const own = await mkdtemp(path.join(folder, 'captions-'));
  const output = { data: 'captions.data', times: 'captions.times' };
  const { size } = await stat(source.path);
  const timeoutSeconds = leastTimeoutSeconds + size / slowestBytesPerSecond;
  const read = async (seconds: number | null) => {
    const args = captionArgs(source, stream, streams, output, seconds);
    await withOutbox({ into: own, names: Object.values(output) }, (outbox) =>
      runFfmpeg(tools, { args, outbox, reads: [source.path], signal, timeoutSeconds }),
    );
    const data = await readFile(path.join(own, output.data));
    return readCaptionData(stream.codec, data, await readFile(path.join(own, output.times), 'utf8'));
  };
  try {
    const first = looked
      ? await readCaptionData(stream.codec, looked.data, looked.times)
      : await read(lookSeconds);
    if (first.length === 0) return [];
    return await decodeCaptions(durationSeconds <= lookSeconds ? first : await read(null), durationSeconds);
  } catch (error) {
    if (!(error instanceof AppError) || !['tool-failed', 'tool-timeout'].includes(error.code)) throw error;
    return [];
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
