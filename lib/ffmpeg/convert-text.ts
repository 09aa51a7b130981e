import { readFile, rm, writeFile } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { cleanWebvtt } from '@/lib/texts/clean-webvtt';
import { decodeText } from '@/lib/texts/decode-text';
import { type TextFormat, textFormat, withHours } from '@/lib/texts/text-format';
import { convertTextArgs } from './args/text-args';
import { runFfmpeg } from './run-ffmpeg';

/**
 * Turns a text file from outside (SubRip, SubStation Alpha or WebVTT, in any encoding) into WebVTT; gives its text.
 * `language` (BCP-47) helps to tell its encoding. Files that it needs are beside the given one, and gone after.
 * @throws AppError `not-a-text-track`, `text-encoding-unknown`
 */
export async function convertText(file: string, language: string): Promise<string> {
  const text = decodeText(await readFile(file), language);
  const format = textFormat(text);
  const webvtt = format === 'webvtt' ? text : await byFfmpeg(text, format, file);
  const cleaned = cleanWebvtt(webvtt, format);
  if (cleaned === null) throw notText();
  return cleaned;
}

/** FFmpeg 5.1 drops the positions, speakers and escapes of WebVTT, and stops at its styles: it need not see those. */
async function byFfmpeg(text: string, format: TextFormat, file: string): Promise<string> {
  const [input, output] = [`${file}.utf8`, `${file}.vtt`];
  try {
    await writeFile(input, format === 'srt' ? withHours(text) : text);
    await runFfmpeg({ args: convertTextArgs(input, format, output), timeoutSeconds: 60 });
    return await readFile(output, 'utf8');
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') throw notText(error);
    throw error;
  } finally {
    await rm(input, { force: true });
    await rm(output, { force: true });
  }
}

const notText = (cause?: unknown) =>
  new AppError(
    'not-a-text-track',
    'No subtitles can be read from the file. It must be SubRip (.srt), WebVTT (.vtt) or SubStation Alpha (.ass, .ssa).',
    { field: 'file', cause },
  );
