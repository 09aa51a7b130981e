import { describe, expect, it } from 'vitest';
import { sourceInput } from '@/lib/ffmpeg/args/input-args';
import { copyOutputs, type EncodeSettings, type Outputs, prepareArgs } from '@/lib/ffmpeg/args/prepare-args';
import { videoFilter } from '@/lib/ffmpeg/args/video-filter';
import { sourceFile } from '@/lib/media/source-file';
import type { VideoStream } from '@/lib/media/source-probe';
import { valuesOf, words } from '@/tests/harness/sample-argv';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/harness/sample-plan';
import { sampleAudio, sampleVideo } from '@/tests/harness/sample-probe';

const source = sourceFile('/in/source.mkv');
const input = sourceInput(source);
const plainMp4 = (name: string) =>
  words(`-map_metadata -1 -map_chapters -1 -video_track_timescale 90000 -f mp4 -y ${name}.mp4`);
const onGrid: EncodeSettings = {
  preset: 'veryfast',
  keyframes: { everySeconds: 2 },
  streams: [],
  holdsFrames: false,
  guessesTimes: false,
};
const make = (outputs: Partial<Outputs>, settings = onGrid) =>
  prepareArgs(source, { renditions: [], audios: [], storyboard: null, ...outputs }, settings);

const high = sampleEncoded();
const low = sampleEncoded({
  name: 'video-360p',
  width: 640,
  height: 360,
  rate: { crf: 24, maxBps: 850_000 },
});
const storyboard = { intervalSeconds: 2, columns: 5, rows: 5, width: 160, height: 90, stream: sampleVideo() };
const sheets = words('-map [storyboard] -c:v mjpeg -q:v 5 -f image2 -y thumbnails-%d.jpg');
const encode = (name: string, rate: string, keyframes: string, preset = 'veryfast') => [
  ...words(`-map [${name}] -c:v libx264 -preset ${preset} -profile:v high`),
  ...words(rate),
  ...words('-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv'),
  ...words(`-force_key_frames ${keyframes} -sc_threshold 0 -g 100000 -enc_time_base -1 -fps_mode vfr`),
  ...plainMp4(name),
];
const rate720 = '-level:v 3.1 -crf 22 -maxrate 3200000 -bufsize 6400000';

describe('the arguments that make clear tracks', () => {
  it('copy video and audio', () => {
    expect(make({ renditions: [sampleRendition()], audios: [samplePlannedAudio()] })).toEqual([
      ...input,
      ...words('-map 0:0 -c copy'),
      ...plainMp4('video-1080p'),
      ...words('-map 0:1 -c copy'),
      ...plainMp4('audio-en'),
    ]);
  });

  it('encode video with keyframes on a grid, in the preset of the ladder', () => {
    expect(make({ renditions: [high] }, { ...onGrid, preset: 'slow' })).toEqual([
      ...input,
      '-filter_complex',
      videoFilter(sampleVideo(), [high], null),
      ...encode('video-720p', rate720, 'expr:gte(t,n_forced*2)', 'slow'),
    ]);
  });

  it('decode once for several renditions and the thumbnails, with the keyframes of the copied one', () => {
    const settings = { ...onGrid, keyframes: { atSeconds: [0, 4.04, 8.0833333] } };
    const times = '0.000000,4.040000,8.083333';
    expect(make({ renditions: [high, low], storyboard }, settings)).toEqual([
      ...input,
      '-filter_complex',
      videoFilter(sampleVideo(), [high, low], storyboard),
      ...encode('video-720p', rate720, times),
      ...encode('video-360p', '-level:v 3.0 -crf 24 -maxrate 850000 -bufsize 1700000', times),
      ...sheets,
    ]);
  });

  it('decode keyframes only for thumbnails alone', () => {
    expect(make({ storyboard })).toEqual([
      ...sourceInput(source, ['-skip_frame', 'nokey']),
      '-filter_complex',
      videoFilter(sampleVideo(), [], storyboard),
      ...sheets,
    ]);
  });

  it('decode all frames where renditions are encoded beside thumbnails', () => {
    expect(make({ renditions: [high], storyboard })).not.toContain('-skip_frame');
  });

  it('copy one audio stream, and encode another to stereo and 5.1', () => {
    const stream = sampleAudio({ index: 2, codec: 'ac3', channels: 6 });
    const stereo = samplePlannedAudio({ name: 'audio-de', stream, mode: 'encode', bitrateBps: 160_000 });
    const surround = { ...stereo, name: 'audio-de-6ch', channels: 6, bitrateBps: 384_000 };
    expect(make({ audios: [samplePlannedAudio(), stereo, surround] })).toEqual([
      ...input,
      ...words('-map 0:1 -c copy'),
      ...plainMp4('audio-en'),
      ...words('-map 0:2 -af aresample=async=1000:first_pts=0 -c:a aac -b:a 160000 -ac 2 -ar 48000'),
      ...plainMp4('audio-de'),
      ...words('-map 0:2 -af aresample=async=1000:first_pts=0 -c:a aac -b:a 384000 -ac 6 -ar 48000'),
      ...plainMp4('audio-de-6ch'),
    ]);
  });

  it('pad audio that ends long before the others with silence', () => {
    const padded = samplePlannedAudio({ mode: 'encode', padToSeconds: 90.5 });
    expect(valuesOf(make({ audios: [padded] }), '-af')).toEqual([
      'aresample=async=1000:first_pts=0,apad=whole_dur=90.5',
    ]);
  });

  it('count the times of audio anew where an edit list cuts it', () => {
    const cut = samplePlannedAudio({ mode: 'encode', hasCuts: true });
    const padded = { ...cut, name: 'audio-de', padToSeconds: 90.5 };
    expect(valuesOf(make({ audios: [cut, padded] }), '-af')).toEqual([
      'asetpts=STARTPTS+N/SR/TB,aresample=async=1000:first_pts=0',
      'asetpts=STARTPTS+N/SR/TB,aresample=async=1000:first_pts=0,apad=whole_dur=90.5',
    ]);
  });

  it('encode no B-frames where frames are held', () => {
    const held = make({ renditions: [high] }, { ...onGrid, holdsFrames: true });
    expect(valuesOf(held, '-bf')).toEqual(['0']);
    expect(make({ renditions: [high] })).not.toContain('-bf');
  });

  it('keep every frame where FFmpeg guesses times', () => {
    const [graph] = valuesOf(
      make({ renditions: [high] }, { ...onGrid, guessesTimes: true }),
      '-filter_complex',
    );
    expect(graph).toMatch(
      /^\[0:0\]setpts='if\(lte\(PTS,PREV_OUTPTS\),PREV_OUTPTS\+0\.5\/25\/TB,PTS\)',bwdif/,
    );
  });

  it.each<[string, Partial<VideoStream>, string[]]>([
    [
      'tag the colors of an untagged copy in standard definition',
      { colorMatrix: null, width: 720, height: 576 },
      ['h264_metadata=matrix_coefficients=6:colour_primaries=1:transfer_characteristics=1'],
    ],
    ['leave existing tags', { colorMatrix: 'bt709', width: 720, height: 576 }, []],
    ['leave colors that the probe did not record', { width: 720, height: 576 }, []],
    ['leave high definition, which is BT.709', { colorMatrix: null }, []],
    [
      'name the shape of pixels that are not square',
      { pixelAspect: 4 / 3 },
      ['h264_metadata=sample_aspect_ratio=1.333333'],
    ],
    [
      'name colors and the shape of pixels in one filter',
      { colorMatrix: null, width: 720, height: 576, pixelAspect: 64 / 45 },
      [
        'h264_metadata=matrix_coefficients=6:colour_primaries=1:transfer_characteristics=1:sample_aspect_ratio=1.422222',
      ],
    ],
    ['leave other codecs', { codec: 'vp9', profile: 'Profile 0', pixelAspect: 4 / 3 }, []],
  ])('%s', (_, changes, expected) => {
    const rendition = sampleRendition({ stream: sampleVideo(changes) });
    expect(valuesOf(make({ renditions: [rendition] }), '-bsf:v')).toEqual(expected);
  });
});

it('the outputs of copies alone are those of the whole run', () => {
  const tracks = { renditions: [sampleRendition()], audios: [samplePlannedAudio()] };
  expect(copyOutputs(tracks)).toEqual(make(tracks).slice(input.length));
  expect(copyOutputs({ renditions: [], audios: [] })).toEqual([]);
});

describe('keyframes', () => {
  const forced = (count: number) => {
    const atSeconds = Array.from({ length: count }, (_, i) => i * 4);
    return valuesOf(
      make({ renditions: [high] }, { ...onGrid, keyframes: { atSeconds } }),
      '-force_key_frames',
    )[0];
  };

  it('are listed one by one, while Linux takes an argument of that length', () => {
    expect(forced(7000)?.split(',')).toHaveLength(7000);
  });

  it('are those of the source for a video of a day', () => {
    expect(forced(21_600)).toBe('source');
  });
});

it('also reads the streams of other lanes, so that all lanes share one time origin', () => {
  const args = make({ renditions: [sampleRendition()] }, { ...onGrid, streams: [0, 1] });
  expect(args.slice(-6)).toEqual(words('0:1 -c copy -f null -'));
});
