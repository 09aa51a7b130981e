import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { cleanWebvtt } from '@/lib/formats/captions/clean-webvtt';
import { decodeText } from '@/lib/formats/captions/decode-text';
import { type TextFormat, textFormat, withHours } from '@/lib/formats/captions/text-format';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { convertTextArgs } from './args/text-track-args';
import { runFfmpeg } from './run-ffmpeg';

/**
 * Subtitles of a full-length movie take a tenth of a second. FFmpeg's time grows with the square of the
 * number of unclosed tags.
 */
const timeoutSeconds = 20;

/**
 * Converts a subtitle file from outside (SubRip, SubStation Alpha or WebVTT, in any encoding) into WebVTT,
 * and returns its text. `language` (BCP-47) helps to detect its encoding. Temporary files are in a folder
 * beside the given file, which is removed afterwards.
 * @throws AppError `not-a-text-track`, `text-encoding-unknown`
 */
export async function convertText(tools: ToolRunner, file: string, language: string): Promise<string> {
  const text = decodeText(await readFile(file), language);
  const format = textFormat(text);
  const webvtt = format === 'webvtt' ? text : await byFfmpeg(tools, text, format, file);
  const cleaned = await cleanWebvtt(webvtt, format);
  if (cleaned === null) throw notText();
  return cleaned;
}

/**
 * FFmpeg 5.1 drops the positions, speakers and escapes of WebVTT, and stops at its styles: WebVTT does not
 * pass through it.
 */
async function byFfmpeg(tools: ToolRunner, text: string, format: TextFormat, file: string): Promise<string> {
  const folder = await mkdtemp(`${file}-`);
  const [input, output] = [path.join(folder, 'utf8'), 'vtt'];
  try {
    await writeFile(input, format === 'srt' ? withHours(text) : text);
    const args = convertTextArgs(input, format, output);
    await withOutbox({ into: folder, names: [output] }, (outbox) =>
      runFfmpeg(tools, { args, outbox, reads: [input], timeoutSeconds }),
    );
    return await readFile(path.join(folder, output), 'utf8');
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') throw notText(error);
    if (error instanceof AppError && error.code === 'tool-timeout') throw tooComplex(error);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const tooComplex = (cause: unknown) =>
  new AppError(
    'not-a-text-track',
    'The subtitles take too long to read. Leave out styles and very long lines, then try again.',
    { field: 'file', cause },
  );

const notText = (cause?: unknown) =>
  new AppError(
    'not-a-text-track',
    'No subtitles can be read from the file. It must be SubRip (.srt), WebVTT (.vtt) or SubStation Alpha (.ass, .ssa).',
    { field: 'file', cause },
  );
