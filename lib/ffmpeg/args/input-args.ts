import type { Argv } from './argv';

/**
 * Containers that an upload may be. Playlists (HLS, ffconcat, DASH), images and devices are not among them: a text
 * file that names other files would make FFmpeg read those.
 */
// biome-ignore format: one group a line
const sourceFormats = [
  'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'asf', 'flv',
  'h264', 'hevc', 'm4v', 'mp3', 'aac', 'wav', 'flac', 'ogg', 'ac3', 'eac3',
];

/** Decoders that an upload may need. Decoders of rare formats are where the memory faults are found. */
// biome-ignore format: one group a line
const decoders = [
  'h264', 'hevc', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'av1', 'libdav1d', 'libaom-av1', 'mpeg1video', 'mpeg2video',
  'mpeg4', 'msmpeg4', 'msmpeg4v1', 'msmpeg4v2', 'mjpeg', 'prores', 'dnxhd', 'vc1', 'wmv1', 'wmv2', 'wmv3', 'flv',
  'h263', 'theora', 'dvvideo', 'ffv1', 'cfhd', 'qtrle', 'rawvideo', 'png',
  'aac', 'aac_latm', 'mp1', 'mp2', 'mp2float', 'mp3', 'mp3float', 'ac3', 'eac3', 'dca', 'truehd', 'opus', 'libopus',
  'vorbis', 'flac', 'alac', 'wmav1', 'wmav2', 'wmapro', 'adpcm_ms', 'adpcm_ima_wav', 'adpcm_swf', 'nellymoser', 'speex',
  'libspeex', 'amrnb', 'amrwb', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_f32le',
  'pcm_f64le', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw', 'pcm_bluray', 'pcm_dvd', 'pcm_s16le_planar',
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

/**
 * The same for ffprobe, which opens a decoder for each stream that it tells of, and gives up at one that it must not
 * open: so it may open those of subtitles that are not carried.
 */
export const probingOutside: Argv = [
  '-max_alloc',
  String(maxAllocationBytes),
  ...limits(sourceFormats),
  '-codec_whitelist:s',
  [...textDecoders, ...otherSubtitles].join(','),
];

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
