import type { SourceFile } from '@/lib/media/source-file';
import type { Argv } from './argv';
import { decoders } from './decoders';

/**
 * Containers that an upload may have. Playlists (HLS, ffconcat, DASH), images and devices are not among them:
 * a text file that names other files would make FFmpeg read those.
 */
// biome-ignore format: one group a line
const sourceFormats = [
  'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'asf', 'flv',
  'h264', 'hevc', 'm4v', 'mp3', 'aac', 'wav', 'flac', 'ogg', 'ac3', 'eac3',
];

const textDecoders = ['subrip', 'srt', 'ass', 'ssa', 'mov_text', 'webvtt', 'text'];
/** Decoders of bitmap subtitles, teletext and closed captions: none is used, see `untrustedProbeArgs`. */
const otherSubtitles = ['pgssub', 'dvdsub', 'dvbsub', 'xsub', 'libzvbi_teletextdec', 'cc_dec'];

/** The formats of files that Cenclave wrote itself. */
const ownFormats = ['mov', 'mp4', 'concat'];

/** Formats of subtitle files; they name no other files. */
const textFormats = ['srt', 'ass'];

const maxAllocationBytes = 1024 ** 3;
/** The limit of a probe (see probe-caps); frames may still become larger later in a file. */
const maxPixels = 8192 * 8192;

// biome-ignore format: one group a line
const limits = (formats: readonly string[]): Argv => [
  '-protocol_whitelist', 'file,crypto,pipe',
  '-format_whitelist', formats.join(','),
  '-codec_whitelist', [...decoders, ...textDecoders].join(','),
];

/**
 * Options before every `-i` of a file from outside: FFmpeg may read that file only, in known formats only.
 */
export const untrustedInputArgs: Argv = [...limits(sourceFormats), '-max_pixels', String(maxPixels)];

/** Longer than any step of MPEG's clock, which wraps after 26.5 hours. */
const never = 100_000;

/**
 * A source as input, after `options` of its own. By default, FFmpeg takes every step of ten seconds in one
 * stream of MPEG-TS or -PS for a step of the clock: audio that pauses would lose its sync.
 */
export const sourceInput = ({ path, discontinuitySeconds }: SourceFile, options: Argv = []): Argv => [
  ...untrustedInputArgs,
  '-dts_delta_threshold',
  String(discontinuitySeconds ?? never),
  ...options,
  '-i',
  `file:${path}`,
];

/**
 * Options for ffprobe before a file from outside. ffprobe opens a decoder for each stream that it describes:
 * see `allowOpeningArgs`.
 */
export const untrustedProbeArgs: Argv = [
  '-max_alloc',
  String(maxAllocationBytes),
  ...limits(sourceFormats),
  '-codec_whitelist:s',
  [...textDecoders, ...otherSubtitles].join(','),
];

/**
 * Options, after those of `untrustedProbeArgs`, that let ffprobe open these decoders as well. It ends with an
 * error at the first stream whose decoder it must not open, and has no option to skip a stream; without them,
 * one rare stream would hide all others. Only opening is allowed: the analysis of the first packets follows
 * the input's own list, so that none of these decoders is ever given a packet. ffmpeg opens none of them,
 * since it opens only the decoders that it uses.
 */
export function allowOpeningArgs(refused: readonly string[]): Argv {
  const media = [...decoders, ...refused].join(',');
  const subtitles = [...textDecoders, ...otherSubtitles, ...refused].join(',');
  return ['-codec_whitelist:v', media, '-codec_whitelist:a', media, '-codec_whitelist:s', subtitles];
}

/**
 * Options before files that Cenclave wrote: plain MP4, and the small list that hands over a decryption key.
 */
export const workFileArgs: Argv = limits(ownFormats);

/** Options before a subtitle file from outside. */
export const textFileArgs: Argv = limits(textFormats);

/**
 * Options that begin every ffmpeg call: no questions, no banner, errors only, a cap on single allocations.
 */
// biome-ignore format: one group a line
export const commonArgs: Argv = [
  '-hide_banner', '-nostdin', '-v', 'error', '-max_alloc', String(maxAllocationBytes),
];

/** Progress as key=value lines on standard output, twice a second. */
export const withProgress: Argv = ['-nostats', '-progress', 'pipe:1', '-stats_period', '0.5'];
