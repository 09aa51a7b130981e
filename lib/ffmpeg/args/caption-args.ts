import type { SourceFile } from '@/lib/media/source-file';
import { anchorArgs } from './anchor-args';
import type { Argv } from './argv';
import { sourceInput } from './input-args';

/** Captions of the longest video take 40 MB; longer ones are truncated there. */
const maxCaptionBytes = 128 * 1024 * 1024;

/**
 * The units of a video stream that carry closed captions (ATSC A/53, part 4, 6.2.3): SEI of H.264 (NAL unit
 * type 6) and HEVC (39), user data of MPEG-2 (start code B2).
 */
const captionUnits: Record<string, string> = { h264: '6', hevc: '39', mpeg2video: '178' };

/** A stream that may carry closed captions: a video, or a caption track (`eia_608`, QuickTime's `c608`). */
export interface CaptionStream {
  index: number;
  codec: string;
}

export const mayHaveCaptions = ({ codec }: CaptionStream): boolean =>
  codec === 'eia_608' || Object.hasOwn(captionUnits, codec);

/**
 * Extracts the units that carry captions from a source's stream, without decoding: their bytes, concatenated,
 * in `data` (with a start code before each, whatever the container has), and a line with the time and size of
 * each frame's units in `times`. Reading stops after `seconds`, unless that is null.
 */
export function captionArgs(
  source: SourceFile,
  stream: CaptionStream,
  streams: number[],
  output: CaptionFiles,
  seconds: number | null,
): Argv {
  const outputs = captionOutputs(stream, output, seconds);
  return [...sourceInput(source), ...outputs, ...anchorArgs(streams, [stream.index])];
}

/** The files of captions as they stand in a stream. */
export interface CaptionFiles {
  data: string;
  times: string;
}

/** The outputs of such a run alone. */
export function captionOutputs(stream: CaptionStream, output: CaptionFiles, seconds: number | null): Argv {
  const units = captionUnits[stream.codec];
  // biome-ignore format: one option a line
  const packets = [
    '-map', `0:${stream.index}`,
    '-c', 'copy',
    ...(units === undefined ? [] : ['-bsf:v', `filter_units=pass_types=${units}`]),
    ...(seconds === null ? [] : ['-t', String(seconds)]),
    '-fs', String(maxCaptionBytes),
  ];
  return [...packets, '-f', 'data', '-y', output.data, ...packets, '-f', 'framecrc', '-y', output.times];
}
