import type { PlannedText } from '@/lib/media/text-track';
import type { TextFormat } from '@/lib/texts/text-format';
import type { Argv } from './argv';
import { fromOutside, fromTextFile } from './input-args';

/** More than a film's subtitles by far; what is longer is cut off there. */
export const maxTextBytes = 32 * 1024 * 1024;

/**
 * Takes text streams out of a source in one pass, each into a WebVTT file of its own, named as planned. Their bytes pass
 * as they are: files that are older than UTF-8's ubiquity hold other encodings, which FFmpeg would leave out.
 */
export function textArgs(source: string, planned: PlannedText[]): Argv {
  return [
    ...fromOutside,
    '-sub_charenc_mode:s',
    'ignore',
    '-i',
    `file:${source}`,
    ...planned.flatMap(({ file, stream }) => [
      '-map',
      `0:${stream.index}`,
      '-c:s',
      // Decoded WebVTT would lose its speakers and positions, and the escapes of its special characters.
      stream.codec === 'webvtt' ? 'copy' : 'webvtt',
      ...intoWebvtt(file),
    ]),
  ];
}

/** Turns a text file in UTF-8 into WebVTT. Its times stay as they are. */
export function convertTextArgs(file: string, format: TextFormat, output: string): Argv {
  return [
    ...fromTextFile,
    '-f',
    format,
    '-copyts',
    '-i',
    `file:${file}`,
    '-c:s',
    'webvtt',
    ...intoWebvtt(output),
  ];
}

const intoWebvtt = (output: string): Argv => [
  // A text that begins before picture and sound would move all of its track to zero.
  '-avoid_negative_ts',
  'disabled',
  '-fs',
  String(maxTextBytes),
  '-f',
  'webvtt',
  '-y',
  output,
];
