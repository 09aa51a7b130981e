import { describe, expect, it } from 'vitest';
import { chooseStreams, codecLabel, possibleStills } from '@/lib/ffmpeg/choose-streams';
import { readRawProbe } from '@/lib/ffmpeg/raw-probe';
import { ffprobeJson, type RawStream, rawAudio, rawVideo } from '@/tests/harness/sample-ffprobe';

const numbered = (streams: RawStream[]) => streams.map((stream, index) => ({ ...stream, index }));
const rawOf = (streams: RawStream[], more: object = {}) =>
  readRawProbe(JSON.stringify({ ...JSON.parse(ffprobeJson(numbered(streams))), ...more }));
function choose(streams: RawStream[], more: object = {}, stills: number[] = []) {
  const { videos, audios, texts, cover, leftOut } = chooseStreams(rawOf(streams, more), stills);
  const indexes = [videos, audios, texts].map((chosen) => chosen.map(({ index }) => index));
  return {
    indexes,
    cover: cover?.index ?? null,
    leftOut: leftOut.map(({ kind, why, codec }) => [kind, why, codec]),
  };
}

const attached = { default: 0, attached_pic: 1 };
const image = (changes: RawStream = {}) =>
  rawVideo({ codec_name: 'mjpeg', codec_long_name: 'Motion JPEG', disposition: attached, ...changes });
const unknown = (tag: string, changes: RawStream) => ({
  ...changes,
  codec_name: 'unknown',
  codec_long_name: 'unknown',
  codec_tag_string: tag,
});
const data = (codec_name: string) => ({ codec_type: 'data', codec_name, codec_long_name: codec_name });
/** FFmpeg's name for data that it does not know. */
const binary = (tag: string) => ({
  codec_type: 'data',
  codec_name: 'bin_data',
  codec_long_name: 'binary data',
  codec_tag_string: tag,
});
const gif = { codec_name: 'gif', codec_long_name: 'CompuServe GIF (Graphics Interchange Format)' };

describe('the streams of a file', () => {
  it.each<[string, RawStream[], number[][], number | null, string[][]]>([
    ['ordinary streams are carried', [rawVideo(), rawAudio(), rawAudio()], [[0], [1, 2], []], null, []],
    [
      'audio of an unknown codec is left out',
      [rawVideo(), rawAudio(), unknown('apac', rawAudio())],
      [[0], [1], []],
      null,
      [['audio', 'no-decoder', 'apac']],
    ],
    [
      'video of an unknown codec is left out, and the audio stays',
      [unknown('M8Y0', rawVideo()), rawAudio()],
      [[], [1], []],
      null,
      [['video', 'no-decoder', 'M8Y0']],
    ],
    [
      'covers beside video are left out',
      [rawVideo(), rawAudio(), image(), image(gif)],
      [[0], [1], []],
      null,
      [
        ['cover', 'one-more', 'Motion JPEG'],
        ['cover', 'no-decoder', 'CompuServe GIF'],
      ],
    ],
    [
      'the cover of audio is the first image that can be decoded',
      [rawAudio(), image(gif), image(), image({ codec_name: 'png', codec_long_name: 'PNG' })],
      [[], [0], []],
      2,
      [
        ['cover', 'no-decoder', 'CompuServe GIF'],
        ['cover', 'one-more', 'PNG'],
      ],
    ],
    [
      'data and attachments are left out',
      [rawVideo(), data('klv'), data('timed_id3'), { codec_type: 'attachment', codec_name: 'ttf' }],
      [[0], [], []],
      null,
      [
        ['data', 'kind', 'klv'],
        ['data', 'kind', 'timed_id3'],
        ['attachment', 'kind', 'ttf'],
      ],
    ],
    [
      'the titles of chapters in QuickTime are left out, apart from other data',
      [rawVideo(), binary('text'), binary('gpmd')],
      [[0], [], []],
      null,
      [
        ['chapters', 'kind', 'binary data'],
        ['data', 'kind', 'binary data'],
      ],
    ],
    [
      'streams without a size or channels are left out',
      [rawVideo({ width: 0, height: 0 }), rawVideo(), rawAudio({ channels: 0 }), rawAudio()],
      [[1], [3], []],
      null,
      [
        ['video', 'unreadable', 'H.264'],
        ['audio', 'unreadable', 'aac'],
      ],
    ],
    [
      'the default video comes first',
      [rawVideo({ disposition: {} }), rawVideo(), rawVideo()],
      [[1, 0, 2], [], []],
      null,
      [],
    ],
    [
      'a second video that is too large is left out',
      [rawVideo(), rawVideo({ width: 16_384, height: 16_384 })],
      [[0], [], []],
      null,
      [['video', 'one-more', 'H.264']],
    ],
  ])('%s', (_, streams, indexes, cover, leftOut) => {
    expect(choose(streams)).toEqual({ indexes, cover, leftOut });
  });
});

describe('a video of one frame', () => {
  it.each<[string, RawStream[], number[], number | null]>([
    ['counted by MP4, beside audio: a cover', [rawAudio(), rawVideo({ nb_frames: '1' })], [], 1],
    ['counted by packets, beside audio: a cover', [rawAudio(), rawVideo()], [1], 1],
    ['alone: a video', [rawVideo({ nb_frames: '1' })], [], null],
    ['beside audio that cannot be decoded: a video', [unknown('apac', rawAudio()), rawVideo()], [1], null],
    ['of two frames: a video', [rawAudio(), rawVideo({ nb_frames: '2' })], [], null],
  ])('%s', (_, streams, stills, cover) => {
    const chosen = choose(streams, {}, stills);
    expect(chosen.cover).toBe(cover);
    expect(chosen.indexes[0]).toHaveLength(cover === null ? 1 : 0);
  });

  it.each<[string, RawStream[], number[], number[]]>([
    ['counted already', [rawAudio(), rawVideo({ nb_frames: '1' })], [0, 1], []],
    ['seen twice in the first packets', [rawAudio(), rawVideo()], [0, 1, 1], []],
    ['seen once', [rawAudio(), rawVideo()], [0, 0, 1], [1]],
    ['not seen', [rawAudio(), rawVideo()], [0, 0, 0], [1]],
    ['marked as a cover', [rawAudio(), image()], [0, 0], []],
    ['without audio', [rawVideo()], [0], []],
  ])('the streams whose packets must be counted: %s', (_, streams, seen, expected) => {
    const packets = seen.map((stream_index) => ({ stream_index }));
    expect(possibleStills(rawOf(streams, { packets }))).toEqual(expected);
  });
});

describe('a multiplex', () => {
  const program = (service_name: string, ...indexes: number[]) => ({
    tags: { service_name },
    streams: indexes.map((index) => ({ index })),
  });
  const text = { codec_type: 'subtitle', codec_name: 'dvb_subtitle', codec_long_name: 'DVB subtitles' };
  const both = [rawVideo(), rawAudio(), rawVideo(), rawAudio(), text].map((stream) => ({
    ...stream,
    disposition: {},
  }));

  it('the program of the first video is carried, and other programs are left out', () => {
    const chosen = choose(both, { programs: [program('One', 0, 1), program('Two', 2, 3, 4)] });
    expect(chosen.indexes).toEqual([[0], [1], []]);
    expect(chosen.leftOut).toEqual([['program', 'one-more', '1 video, 1 audio, 1 subtitle']]);
  });

  it('a program whose video cannot be decoded is left out', () => {
    const streams = [{ ...unknown('avs3', rawVideo()), disposition: {} }, ...both.slice(1)];
    const chosen = choose(streams, { programs: [program('One', 0, 1), program('Two', 2, 3)] });
    expect(chosen.indexes).toEqual([[2], [3], [4]]);
    expect(chosen.leftOut).toEqual([['program', 'one-more', '1 video, 1 audio']]);
  });

  it('streams that two programs share, or that no program names, are carried', () => {
    const chosen = choose(both, { programs: [program('One', 0, 1), program('Two', 1, 2), program('Empty')] });
    expect(chosen.indexes).toEqual([[0], [1, 3], [4]]);
  });
});

it.each<[string, Parameters<typeof codecLabel>[0]]>([
  ['AC-3', { index: 0, codec_name: 'ac3', codec_long_name: 'ATSC A/52A (AC-3)' }],
  ['E-AC-3', { index: 0, codec_name: 'eac3', codec_long_name: 'ATSC A/52B (AC-3, E-AC-3)' }],
  ['H.264', { index: 0, codec_name: 'h264', codec_long_name: 'H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10' }],
  ['apac', { index: 0, codec_name: 'none', codec_tag_string: 'apac' }],
  ['unknown', { index: 0, codec_tag_string: '[0][0][0][0]' }],
])('a codec is called %s', (expected, stream) => {
  expect(codecLabel(stream)).toBe(expected);
});
