import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { cleanWebvtt } from '@/lib/formats/captions/clean-webvtt';
import { decodeText } from '@/lib/formats/captions/decode-text';
import type { SourceFile } from '@/lib/media/source-file';
import type { PlannedText } from '@/lib/media/text-track';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { maxTextBytes, textTrackArgs } from './args/text-track-args';
import { runFfmpeg } from './run-ffmpeg';

/** Only text is decoded: this is the time to read a file from a slow disk. */
const leastTimeoutSeconds = 30;
const slowestBytesPerSecond = 20e6;

/**
 * Writes the text streams of a source into `folder` as WebVTT, under their planned names, timed from the
 * source's start like its other tracks. A stream that can't be read, or has no text, leaves no file and is no
 * error.
 */
export async function extractTextTracks(
  tools: ToolRunner,
  source: SourceFile,
  planned: PlannedText[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  if (planned.length === 0) return;
  const { size } = await stat(source.path);
  const timeoutSeconds = leastTimeoutSeconds + size / slowestBytesPerSecond;
  const extract = (texts: PlannedText[]) =>
    withOutbox({ into: folder, names: texts.map(({ file }) => file), keepsPart: true }, (outbox) =>
      runFfmpeg(tools, {
        args: textTrackArgs(source, texts),
        outbox,
        reads: [source.path],
        signal,
        timeoutSeconds,
      }),
    );
  try {
    if (!(await isDone(extract(planned)))) {
      // One stream that can't be opened ends the run for all.
      for (const text of planned) await isDone(extract([text]));
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'tool-timeout') throw error;
    // The streams are built to take long: the video continues without text tracks.
    for (const { file } of planned) await rm(path.join(folder, file), { force: true });
  }
  for (const text of planned) await finish(path.join(folder, text.file), text);
}

async function isDone(run: Promise<unknown>): Promise<boolean> {
  try {
    await run;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') return false;
    throw error;
  }
}

/** Replaces FFmpeg's output with WebVTT in UTF-8 that players accept, or removes it. */
async function finish(file: string, { language, stream }: PlannedText): Promise<void> {
  const webvtt = await readFinished(file, language, stream.codec);
  await rm(file, { force: true });
  if (webvtt !== null) await writeFile(file, webvtt);
}

async function readFinished(file: string, language: string, codec: string): Promise<string | null> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size === 0 || size >= maxTextBytes) return null;
  try {
    return await cleanWebvtt(decodeText(await readFile(file), language, 'left out'), codec);
  } catch (error) {
    if (error instanceof AppError && error.code === 'text-encoding-unknown') return null;
    throw error;
  }
}
