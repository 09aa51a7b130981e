import { describe, expect, it } from 'vitest';
import { fromOutside } from '@/lib/ffmpeg/args/input-args';
import { prepareArgs } from '@/lib/ffmpeg/args/prepare-args';
import { valuesOf, words } from '@/tests/support/sample-argv';
import { samplePlan, samplePlannedAudio, sampleRendition } from '@/tests/support/sample-plan';
import { sampleAudio, sampleVideo } from '@/tests/support/sample-probe';

const input = [...fromOutside, '-i', 'file:/in/source.mkv'];
const plainMp4 = (name: string) =>
  words(`-map_metadata -1 -map_chapters -1 -video_track_timescale 90000 -f mp4 -y ${name}.mp4`);

const encoded = sampleRendition({
  name: 'video-720p',
  mode: 'encode',
  width: 1280,
  height: 720,
  rate: { crf: 22, maxBps: 3_500_000 },
});
const x264 = words('-c:v libx264 -preset veryfast -profile:v high');

describe('the arguments that make clear tracks', () => {
  it('copy video and audio', () => {
    expect(prepareArgs('/in/source.mkv', samplePlan())).toEqual([
      ...input,
      ...words('-map 0:0 -c copy'),
      ...plainMp4('video-1080p'),
      ...words('-map 0:1 -c copy'),
      ...plainMp4('audio-en'),
    ]);
  });

  it('encode video with keyframes on a grid', () => {
    const plan = samplePlan({ renditions: [encoded], audios: [], keyframes: { everySeconds: 2 } });
    expect(prepareArgs('/in/source.mkv', plan)).toEqual([
      ...input,
      '-filter_complex',
      '[0:0]split=1[in-video-720p];[in-video-720p]scale=1280:720:flags=bicubic,setsar=1,format=yuv420p[video-720p]',
      ...words('-map [video-720p]'),
      ...x264,
      ...words('-crf 22 -maxrate 3500000 -bufsize 7000000'),
      ...words('-force_key_frames expr:gte(t,n_forced*2) -sc_threshold 0 -g 100000'),
      ...words('-enc_time_base -1 -fps_mode vfr'),
      ...plainMp4('video-720p'),
    ]);
  });

  it('decode once for several renditions, with the keyframes of the copied one', () => {
    const low = sampleRendition({
      ...encoded,
      name: 'video-360p',
      width: 640,
      height: 360,
      rate: { crf: 24, maxBps: 900_000 },
    });
    const plan = samplePlan({
      renditions: [sampleRendition(), encoded, low],
      audios: [],
      keyframes: { atSeconds: [0, 2.04, 4.0833333] },
    });
    const encode = (name: string, rate: string) => [
      ...words(`-map [${name}]`),
      ...x264,
      ...words(rate),
      ...words(
        '-force_key_frames 0.000000,2.040000,4.083333 -sc_threshold 0 -g 100000 -enc_time_base -1 -fps_mode vfr',
      ),
      ...plainMp4(name),
    ];
    expect(prepareArgs('/in/source.mkv', plan)).toEqual([
      ...input,
      '-filter_complex',
      '[0:0]split=2[in-video-720p][in-video-360p];' +
        '[in-video-720p]scale=1280:720:flags=bicubic,setsar=1,format=yuv420p[video-720p];' +
        '[in-video-360p]scale=640:360:flags=bicubic,setsar=1,format=yuv420p[video-360p]',
      ...words('-map 0:0 -c copy'),
      ...plainMp4('video-1080p'),
      ...encode('video-720p', '-crf 22 -maxrate 3500000 -bufsize 7000000'),
      ...encode('video-360p', '-crf 24 -maxrate 900000 -bufsize 1800000'),
    ]);
  });

  it('copy one audio stream and encode another', () => {
    const opus = samplePlannedAudio({
      name: 'audio-de',
      stream: sampleAudio({ index: 2, codec: 'opus', channels: 6 }),
      mode: 'encode',
      channels: 2,
      bitrateBps: 160_000,
      language: 'de',
    });
    expect(
      prepareArgs('/in/source.mkv', samplePlan({ renditions: [], audios: [samplePlannedAudio(), opus] })),
    ).toEqual([
      ...input,
      ...words('-map 0:1 -c copy'),
      ...plainMp4('audio-en'),
      ...words('-map 0:2 -af aresample=async=1000 -c:a aac -b:a 160000 -ac 2 -ar 48000'),
      ...plainMp4('audio-de'),
    ]);
  });
});

// What a source is, and how the first filters of its graph deal with it.
const filters: {
  name: string;
  stream: Parameters<typeof sampleVideo>[0];
  framesPerSecond: number;
  graph: RegExp;
}[] = [
  {
    name: 'interlaced',
    stream: { isInterlaced: true },
    framesPerSecond: 25,
    graph: /^\[0:0\]bwdif=mode=send_frame,split=1/,
  },
  {
    name: 'fast',
    stream: { framesPerSecond: 120 },
    framesPerSecond: 60,
    graph: /\[in-video-720p\]fps=60,scale=/,
  },
  { name: 'not the first stream', stream: { index: 4 }, framesPerSecond: 25, graph: /^\[0:4\]split=1/ },
];

it.each(filters)('filters a source that is $name', ({ stream, framesPerSecond, graph }) => {
  const rendition = { ...encoded, stream: sampleVideo(stream), framesPerSecond };
  const args = prepareArgs('/in/source.mkv', samplePlan({ renditions: [rendition], audios: [] }));
  expect(valuesOf(args, '-filter_complex')[0]).toMatch(graph);
});
