import { describe, expect, it } from 'vitest';
import { canDecode } from '@/lib/ffmpeg/args/decoders';
import {
  fromOutside,
  fromTextFile,
  fromWorkFolder,
  openingToo,
  probingOutside,
  quietly,
  withProgress,
} from '@/lib/ffmpeg/args/input-args';
import { valuesOf } from '@/tests/support/sample-argv';

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
    const options = fromOutside.filter((item) => item.startsWith('-'));
    expect(options).toEqual(['-protocol_whitelist', '-format_whitelist', '-codec_whitelist', '-max_pixels']);
    expect(fromOutside.at(-1)).toBe('67108864');
  });

  it('lets it read files only', () => {
    expect(lists(fromOutside, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
  });

  it.each(forbiddenFormats)('does not allow %s', (format) => {
    expect(lists(fromOutside, '-format_whitelist')).not.toContain(format);
  });

  it.each(forbiddenDecoders)('does not decode %s', (decoder) => {
    expect(lists(fromOutside, '-codec_whitelist')).not.toContain(decoder);
  });

  it.each(['mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts'])('allows %s', (format) => {
    expect(lists(fromOutside, '-format_whitelist')).toContain(format);
  });

  it.each(['h264', 'hevc', 'vp9', 'aac', 'opus'])('decodes %s', (decoder) => {
    expect(lists(fromOutside, '-codec_whitelist')).toContain(decoder);
  });
});

it('reads work files as MP4 or as the list that passes a key, and nothing else', () => {
  expect(lists(fromWorkFolder, '-format_whitelist')).toEqual(['mov', 'mp4', 'concat']);
  expect(lists(fromWorkFolder, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
});

it('reads text files as subtitles, and nothing else', () => {
  expect(lists(fromTextFile, '-format_whitelist')).toEqual(['srt', 'ass']);
  expect(lists(fromTextFile, '-protocol_whitelist')).toEqual(['file', 'crypto', 'pipe']);
});

it('also lets ffprobe open decoders of subtitles that are not carried', () => {
  for (const option of ['-protocol_whitelist', '-format_whitelist', '-codec_whitelist'])
    expect(lists(probingOutside, option)).toEqual(lists(fromOutside, option));
  expect(valuesOf(probingOutside, '-max_alloc')).toEqual(['1073741824']);
  expect(lists(probingOutside, '-codec_whitelist:s')).toEqual(
    expect.arrayContaining(['subrip', 'ssa', 'pgssub', 'dvdsub']),
  );
  expect(lists(fromOutside, '-codec_whitelist')).not.toContain('pgssub');
});

it('lets ffprobe open refused decoders, and gives the analysis none of them', () => {
  const args = [...probingOutside, ...openingToo(['gif', 'magicyuv'])];
  for (const option of ['-codec_whitelist:v', '-codec_whitelist:a', '-codec_whitelist:s'])
    expect(lists(args, option)).toEqual(expect.arrayContaining(['gif', 'magicyuv']));
  expect(lists(args, '-codec_whitelist:v')).toContain('h264');
  expect(lists(args, '-codec_whitelist')).toEqual(lists(probingOutside, '-codec_whitelist'));
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
  expect(quietly).toEqual(['-hide_banner', '-nostdin', '-v', 'error', '-max_alloc', '1073741824']);
});

it('reports progress on standard output', () => {
  expect(withProgress).toEqual(['-nostats', '-progress', 'pipe:1', '-stats_period', '0.5']);
});
