/** Prefixes of RFC 6381 codec strings, and FFmpeg's codec names, with their common names. */
const names: [prefix: string, name: string][] = [
  ['avc', 'H.264'],
  ['h264', 'H.264'],
  ['hvc', 'HEVC'],
  ['hev', 'HEVC'],
  ['vp09', 'VP9'],
  ['vp9', 'VP9'],
  ['vp8', 'VP8'],
  ['av01', 'AV1'],
  ['av1', 'AV1'],
  ['mpeg4', 'MPEG-4'],
  ['mpeg2', 'MPEG-2'],
  ['mpeg1', 'MPEG-1'],
  ['prores', 'ProRes'],
  ['mp4a', 'AAC'],
  ['aac', 'AAC'],
  ['mp3', 'MP3'],
  ['opus', 'Opus'],
  ['vorbis', 'Vorbis'],
  ['flac', 'FLAC'],
  ['ac-3', 'AC-3'],
  ['ac3', 'AC-3'],
  ['ec-3', 'E-AC-3'],
  ['eac3', 'E-AC-3'],
  ['dts', 'DTS'],
  ['pcm', 'PCM'],
  ['wvtt', 'WebVTT'],
  ['webvtt', 'WebVTT'],
  ['stpp', 'TTML'],
];

/** The common name of a codec; an unknown codec is returned unchanged. */
export function codecName(codec: string): string {
  return names.find(([prefix]) => codec.toLowerCase().startsWith(prefix))?.[1] ?? codec;
}
