import { describe, expect, it } from 'vitest';
import { canDecode } from '@/lib/ffmpeg/args/decoders';
import {
  allowOpeningArgs,
  commonArgs,
  textFileArgs,
  untrustedInputArgs,
  untrustedProbeArgs,
  withProgress,
  workFileArgs,
} from '@/lib/ffmpeg/args/input-args';
import { valuesOf } from '@/tests/harness/sample-argv';

/** Formats and decoders that read other files, the network or a device, or have open faults. */
const forbiddenFormats = [
  'concat',
  'hls',
  'dash',
  'image2',
  'lavfi',
  'tedcaptions',
  'sdp',
  'rtsp',
  'webm_dash_manifest',
];
const forbiddenDecoders = ['magicyuv', 'exr', 'tiff', 'ansi', 'hap', 'sanm'];

const lists = (args: readonly string[], option: string) =>
  valuesOf(args, option).flatMap((list) => list.split(','));

describe('the limits of a file from outside', () => {
  it('names each of the three lists once, and the largest frame', () => {
    const options = untrustedInputArgs.filter((item) => item.startsWith('-'));
    expect(options).toEqual(['-protocol_whitelist', '-format_whitelist', '-codec_whitelist', '-max_pixels']);
    expect(untrustedInputArgs.at(-1)).toBe('67108864');
  });

  it('lets it read files only', () => {
    expect(lists(untrustedInputArgs, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
  });

  it.each(forbiddenFormats)('does not allow %s', (format) => {
    expect(lists(untrustedInputArgs, '-format_whitelist')).not.toContain(format);
  });

  it.each(forbiddenDecoders)('does not decode %s', (decoder) => {
    expect(lists(untrustedInputArgs, '-codec_whitelist')).not.toContain(decoder);
  });

  it.each(['mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts'])('allows %s', (format) => {
    expect(lists(untrustedInputArgs, '-format_whitelist')).toContain(format);
  });

  it.each(['h264', 'hevc', 'vp9', 'aac', 'opus'])('decodes %s', (decoder) => {
    expect(lists(untrustedInputArgs, '-codec_whitelist')).toContain(decoder);
  });
});

it('reads work files as MP4 or as the list that passes a key, and nothing else', () => {
  expect(lists(workFileArgs, '-format_whitelist')).toEqual(['mov', 'mp4', 'concat']);
  expect(lists(workFileArgs, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
});

it('reads text files as subtitles, and nothing else', () => {
  expect(lists(textFileArgs, '-format_whitelist')).toEqual(['srt', 'ass']);
  expect(lists(textFileArgs, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
});

it('also lets ffprobe open decoders of subtitles that are not carried', () => {
  for (const option of ['-protocol_whitelist', '-format_whitelist', '-codec_whitelist'])
    expect(lists(untrustedProbeArgs, option)).toEqual(lists(untrustedInputArgs, option));
  expect(valuesOf(untrustedProbeArgs, '-max_alloc')).toEqual(['1073741824']);
  expect(lists(untrustedProbeArgs, '-codec_whitelist:s')).toEqual(
    expect.arrayContaining(['subrip', 'ssa', 'pgssub', 'dvdsub']),
  );
  expect(lists(untrustedInputArgs, '-codec_whitelist')).not.toContain('pgssub');
});

it('lets ffprobe open refused decoders, and gives the analysis none of them', () => {
  const args = [...untrustedProbeArgs, ...allowOpeningArgs(['gif', 'magicyuv'])];
  for (const option of ['-codec_whitelist:v', '-codec_whitelist:a', '-codec_whitelist:s'])
    expect(lists(args, option)).toEqual(expect.arrayContaining(['gif', 'magicyuv']));
  expect(lists(args, '-codec_whitelist:v')).toContain('h264');
  expect(lists(args, '-codec_whitelist')).toEqual(lists(untrustedProbeArgs, '-codec_whitelist'));
});

it.each([
  ['h264', true],
  ['dts', true],
  ['amr_nb', true],
  ['huffyuv', true],
  ['adpcm_ima_qt', true],
  ['pcm_s8', true],
  ['gif', false],
  ['magicyuv', false],
  ['unknown', false],
  ['toString', false],
])('decodes the codec %s: %s', (codec, expected) => {
  expect(canDecode(codec)).toBe(expected);
});

it('asks no questions, and caps single allocations at 1 GiB', () => {
  expect(commonArgs).toEqual(['-hide_banner', '-nostdin', '-v', 'error', '-max_alloc', '1073741824']);
});

it('reports progress on standard output', () => {
  expect(withProgress).toEqual(['-nostats', '-progress', 'pipe:1', '-stats_period', '0.5']);
});
