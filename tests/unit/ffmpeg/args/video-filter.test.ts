import { expect, it } from 'vitest';
import { videoFilter } from '@/lib/ffmpeg/args/video-filter';
import type { Rendition } from '@/lib/media/package-plan';
import type { VideoStream } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { sampleEncoded } from '@/tests/harness/sample-plan';
import { sampleVideo } from '@/tests/harness/sample-probe';

const high = sampleEncoded();
const low = sampleEncoded({ name: 'video-360p', width: 640, height: 360 });
const tiny = sampleEncoded({ name: 'video-240p', width: 426, height: 240 });
const storyboard: Storyboard = { intervalSeconds: 3, columns: 5, rows: 4, width: 160, height: 90 };

const exact = 'bicubic+accurate_rnd+full_chroma_int';
const scaled = (
  name: string,
  size: string,
  from = 'auto',
  slower = '',
  flags = from === 'bt709' ? 'bicubic' : exact,
) =>
  `[in-${name}]${slower}scale=${size}:flags=${flags}:in_color_matrix=${from}:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p[${name}]`;
const to720 = scaled('video-720p', '1280:720');
const from709 = scaled('video-720p', '1280:720', 'bt709');
const joinFields = 'bwdif=mode=send_frame:deint=interlaced';
const thumbnails =
  '[in-storyboard]fps=1/3,scale=160:90:flags=bilinear,setsar=1,format=yuvj420p,tile=5x4[storyboard]';
const toneMap =
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p';

type Row = [string, Partial<VideoStream>, Rendition[], Storyboard | null, string];

it.each<Row>([
  ['SDR', {}, [high], null, `[0:0]${joinFields},split=1[in-video-720p];${to720}`],
  [
    'another stream than the first',
    { index: 4 },
    [high],
    null,
    `[0:4]${joinFields},split=1[in-video-720p];${to720}`,
  ],
  ['interlaced', { isInterlaced: true }, [high], null, `[0:0]${joinFields},split=1[in-video-720p];${to720}`],
  [
    'PQ',
    { colorTransfer: 'smpte2084' },
    [high],
    null,
    `[0:0]${joinFields},${toneMap},split=1[in-video-720p];${from709}`,
  ],
  [
    'HLG',
    { colorTransfer: 'arib-std-b67' },
    [high],
    null,
    `[0:0]${joinFields},${toneMap},split=1[in-video-720p];${from709}`,
  ],
  [
    'interlaced HLG, fields joined before tones are mapped',
    { colorTransfer: 'arib-std-b67', isInterlaced: true },
    [high],
    null,
    `[0:0]${joinFields},${toneMap},split=1[in-video-720p];${from709}`,
  ],
  [
    'PQ that is tagged with its transfer only',
    { colorTransfer: 'smpte2084', colorMatrix: null, colorPrimaries: null },
    [high],
    null,
    `[0:0]${joinFields},setparams=colorspace=bt2020nc,setparams=color_primaries=bt2020,${toneMap},split=1[in-video-720p];${from709}`,
  ],
  [
    'PQ of other colors',
    { colorTransfer: 'smpte2084', colorMatrix: 'bt709', colorPrimaries: 'bt709' },
    [high],
    null,
    `[0:0]${joinFields},${toneMap},split=1[in-video-720p];${from709}`,
  ],
  [
    'an unknown transfer',
    { colorTransfer: null },
    [high],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${to720}`,
  ],
  ['thumbnails only', {}, [], storyboard, `[0:0]${joinFields},split=1[in-storyboard];${thumbnails}`],
  [
    'many rungs and thumbnails, from one decode',
    {},
    [high, low, tiny],
    storyboard,
    [
      `[0:0]${joinFields},split=4[in-video-720p][in-video-360p][in-video-240p][in-storyboard]`,
      to720,
      scaled('video-360p', '640:360'),
      scaled('video-240p', '426:240'),
      thumbnails,
    ].join(';'),
  ],
  [
    'twice the frames a second that the ladder takes: every second one, at its own time',
    { framesPerSecond: 119.88 },
    [{ ...high, framesPerSecond: 59.94 }],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${scaled('video-720p', '1280:720', 'auto', 'framestep=2,')}`,
  ],
  [
    'four times as many',
    { framesPerSecond: 240 },
    [{ ...high, framesPerSecond: 60 }],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${scaled('video-720p', '1280:720', 'auto', 'framestep=4,')}`,
  ],
  ...['vp8', 'vp9', 'av1', 'png', 'gif', 'qtrle'].map((codec): Row => {
    return [
      `${codec}, which is never interlaced`,
      { codec },
      [high],
      null,
      `[0:0]split=1[in-video-720p];${to720}`,
    ];
  }),
  [
    'no tags, in standard definition',
    { colorMatrix: null, width: 720, height: 576 },
    [high],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${scaled('video-720p', '1280:720', 'bt601')}`,
  ],
  [
    'no tags, in 1024x576, which is standard definition of square pixels',
    { colorMatrix: null, width: 1024, height: 576 },
    [high],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${scaled('video-720p', '1280:720', 'bt601')}`,
  ],
  [
    'no tags, in high definition',
    { colorMatrix: null, width: 1280, height: 720 },
    [high],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${from709}`,
  ],
  [
    'tags, in standard definition',
    { colorMatrix: 'bt709', width: 720, height: 576 },
    [high],
    null,
    `[0:0]${joinFields},split=1[in-video-720p];${scaled('video-720p', '1280:720', 'auto', '', 'bicubic')}`,
  ],
  [
    'a wide gamut without HDR',
    { colorPrimaries: 'smpte432', colorMatrix: 'bt709' },
    [high],
    null,
    `[0:0]${joinFields},zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p,split=1[in-video-720p];${from709}`,
  ],
  [
    'a wide gamut, and no other tags',
    { colorPrimaries: 'bt2020', colorMatrix: null, colorTransfer: 'unknown' },
    [high],
    null,
    `[0:0]${joinFields},setparams=colorspace=bt2020nc,setparams=color_trc=bt709,zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p,split=1[in-video-720p];${from709}`,
  ],
])('%s', (_, stream, renditions, board, expected) => {
  expect(videoFilter(sampleVideo(stream), renditions, board)).toBe(expected);
});
