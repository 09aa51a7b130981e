import type { TextFormat } from '@/lib/formats/captions/text-format';
import type { SourceFile } from '@/lib/media/source-file';
import type { PlannedText } from '@/lib/media/text-track';
import type { Argv } from './argv';
import { sourceInput, textFileArgs } from './input-args';

/** Far more than the subtitles of any video; longer ones are truncated there. */
export const maxTextBytes = 32 * 1024 * 1024;

/**
 * Extracts text streams from a source in one pass, each into its own WebVTT file, named as planned. Bytes
 * pass through unchanged: files from before UTF-8 was common hold other encodings, which FFmpeg would drop.
 */
export function textTrackArgs(source: SourceFile, planned: PlannedText[]): Argv {
  return [
    ...sourceInput(source, ['-sub_charenc_mode:s', 'ignore']),
    ...planned.flatMap(({ file, stream }) => [
      '-map',
      `0:${stream.index}`,
      '-c:s',
      // Decoding WebVTT would lose its speakers and positions, and the escapes of its special characters.
      stream.codec === 'webvtt' ? 'copy' : 'webvtt',
      ...intoWebvtt(file),
    ]),
  ];
}

/** Converts a subtitle file in UTF-8 into WebVTT. Its times stay as they are. */
export function convertTextArgs(file: string, format: TextFormat, output: string): Argv {
  return [
    ...textFileArgs,
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
  // Without this, a cue before the start of video and audio would shift its whole track to zero.
  '-avoid_negative_ts',
  'disabled',
  '-fs',
  String(maxTextBytes),
  '-f',
  'webvtt',
  '-y',
  output,
];
