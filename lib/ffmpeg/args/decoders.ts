/**
 * The codecs that a source may be decoded from, each with the decoders that FFmpeg may use. Memory faults are
 * mostly found in decoders of rare formats, so a decoder is here only where cameras, recorders, editors or
 * archives still write its format. Deliberately added beyond the obvious:
 * - HuffYUV and FFVHUFF, which capture programs write into AVI: small decoders, fuzzed for twenty years, with
 *   no allocations of their own beyond the frame;
 * - ADPCM IMA of QuickTime, and PCM in every layout of AVI, MOV and WAV: a table lookup for each sample.
 *
 * Left out, although they occur: GIF, WebP, BMP and TIFF (cover images), Ut Video, MagicYUV, Cinepak, Indeo,
 * Sorenson, JPEG 2000, Hap. Their streams are left out of a package and listed by name.
 */
const decodersOf: Record<string, readonly string[]> = {
  h264: ['h264'],
  hevc: ['hevc'],
  vp8: ['vp8', 'libvpx'],
  vp9: ['vp9', 'libvpx-vp9'],
  av1: ['av1', 'libdav1d', 'libaom-av1'],
  mpeg1video: ['mpeg1video'],
  mpeg2video: ['mpeg2video'],
  mpeg4: ['mpeg4'],
  msmpeg4v1: ['msmpeg4v1'],
  msmpeg4v2: ['msmpeg4v2'],
  msmpeg4v3: ['msmpeg4'],
  mjpeg: ['mjpeg'],
  prores: ['prores'],
  dnxhd: ['dnxhd'],
  vc1: ['vc1'],
  wmv1: ['wmv1'],
  wmv2: ['wmv2'],
  wmv3: ['wmv3'],
  flv1: ['flv'],
  h263: ['h263'],
  theora: ['theora'],
  dvvideo: ['dvvideo'],
  ffv1: ['ffv1'],
  huffyuv: ['huffyuv'],
  ffvhuff: ['ffvhuff'],
  cfhd: ['cfhd'],
  qtrle: ['qtrle'],
  rawvideo: ['rawvideo'],
  png: ['png'],
  aac: ['aac'],
  aac_latm: ['aac_latm'],
  mp1: ['mp1'],
  mp2: ['mp2', 'mp2float'],
  mp3: ['mp3', 'mp3float'],
  ac3: ['ac3'],
  eac3: ['eac3'],
  dts: ['dca'],
  truehd: ['truehd'],
  opus: ['opus', 'libopus'],
  vorbis: ['vorbis'],
  flac: ['flac'],
  alac: ['alac'],
  wmav1: ['wmav1'],
  wmav2: ['wmav2'],
  wmapro: ['wmapro'],
  nellymoser: ['nellymoser'],
  speex: ['speex', 'libspeex'],
  amr_nb: ['amrnb'],
  amr_wb: ['amrwb'],
};

/** Codecs whose only decoder has the codec's own name. */
// biome-ignore format: one group a line
const ofTheirName = [
  'adpcm_ms', 'adpcm_ima_wav', 'adpcm_ima_qt', 'adpcm_swf',
  'pcm_u8', 'pcm_s8', 'pcm_s16le', 'pcm_s16be', 'pcm_s16le_planar', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be',
  'pcm_f32le', 'pcm_f32be', 'pcm_f64le', 'pcm_f64be', 'pcm_alaw', 'pcm_mulaw', 'pcm_bluray', 'pcm_dvd',
];

/** All decoders of video and audio that an upload may need, by FFmpeg's names. */
export const decoders: readonly string[] = [...Object.values(decodersOf).flat(), ...ofTheirName];

/** Whether video or audio of a codec, by FFmpeg's name for the codec, may be decoded. */
export const canDecode = (codec: string): boolean =>
  Object.hasOwn(decodersOf, codec) || ofTheirName.includes(codec);
