import type { Argv } from './argv';
import { decoders } from './decoders';

/**
 * Containers that an upload may be. Playlists (HLS, ffconcat, DASH), images and devices are not among them: a text
 * file that names other files would make FFmpeg read those.
 */
// biome-ignore format: one group a line
const sourceFormats = [
  'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'asf', 'flv',
  'h264', 'hevc', 'm4v', 'mp3', 'aac', 'wav', 'flac', 'ogg', 'ac3', 'eac3',
];

const textDecoders = ['subrip', 'srt', 'ass', 'ssa', 'mov_text', 'webvtt', 'text'];
/** Of picture subtitles, teletext and closed captions: none is decoded, see `probingOutside`. */
const otherSubtitles = ['pgssub', 'dvdsub', 'dvbsub', 'xsub', 'libzvbi_teletextdec', 'cc_dec'];

/** The one format and protocol set for files that Cenclave wrote itself. */
const ownFormats = ['mov', 'mp4', 'concat'];

/** Formats of text files; they name no other files. */
const textFormats = ['srt', 'ass'];

const maxAllocationBytes = 1024 ** 3;
/** What a probe lets pass (see probe-caps); a picture may grow later on. */
const maxPixels = 8192 * 8192;

// biome-ignore format: one group a line
const limits = (formats: readonly string[]): Argv => [
  '-protocol_whitelist', 'file,crypto,pipe',
  '-format_whitelist', formats.join(','),
  '-codec_whitelist', [...decoders, ...textDecoders].join(','),
];

/** What stands before every `-i` of a file from outside: it may read itself only, in known formats only. */
export const fromOutside: Argv = [...limits(sourceFormats), '-max_pixels', String(maxPixels)];

/** The same for ffprobe, which opens a decoder for each stream that it describes: see `openingToo`. */
export const probingOutside: Argv = [
  '-max_alloc',
  String(maxAllocationBytes),
  ...limits(sourceFormats),
  '-codec_whitelist:s',
  [...textDecoders, ...otherSubtitles].join(','),
];

/**
 * Options, behind those of `probingOutside`, that let ffprobe open these decoders as well. It ends with an error at the
 * first stream whose decoder it must not open, and has no option to skip a stream; without them, one rare stream would
 * hide all others. Opening is all that is allowed: the analysis of the first packets goes by the list of the input, so
 * that none of these decoders is ever given a packet. ffmpeg opens none of them, since it opens what it decodes only.
 */
export function openingToo(refused: readonly string[]): Argv {
  const media = [...decoders, ...refused].join(',');
  const subtitles = [...textDecoders, ...otherSubtitles, ...refused].join(',');
  return ['-codec_whitelist:v', media, '-codec_whitelist:a', media, '-codec_whitelist:s', subtitles];
}

/** The same for files that Cenclave wrote: plain MP4, and the small list that hands over a decryption key. */
export const fromWorkFolder: Argv = limits(ownFormats);

/** The same for a text file from outside. */
export const fromTextFile: Argv = limits(textFormats);

/** What every ffmpeg call begins with: no questions, no banner, errors only, a cap on single allocations. */
// biome-ignore format: one group a line
export const quietly: Argv = [
  '-hide_banner', '-nostdin', '-v', 'error', '-max_alloc', String(maxAllocationBytes),
];

/** Progress as key=value lines on standard output, twice a second. */
export const withProgress: Argv = ['-nostats', '-progress', 'pipe:1', '-stats_period', '0.5'];
