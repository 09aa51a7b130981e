import { expect, it } from 'vitest';
import { videoFilter } from '@/lib/ffmpeg/args/video-filter';
import type { Rendition } from '@/lib/media/package-plan';
import type { VideoStream } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { sampleEncoded } from '@/tests/support/sample-plan';
import { sampleVideo } from '@/tests/support/sample-probe';

const high = sampleEncoded();
const low = sampleEncoded({ name: 'video-360p', width: 640, height: 360 });
const tiny = sampleEncoded({ name: 'video-240p', width: 426, height: 240 });
const storyboard: Storyboard = { intervalSeconds: 3, columns: 5, rows: 4, width: 160, height: 90 };

const scaled = (name: string, size: string) =>
  `[in-${name}]scale=${size}:flags=bicubic,setsar=1,format=yuv420p[${name}]`;
const to720 = scaled('video-720p', '1280:720');
const thumbnails =
  '[in-storyboard]fps=1/3,scale=160:90:flags=bilinear,setsar=1,format=yuvj420p,tile=5x4[storyboard]';
const toneMap =
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p';

it.each<[string, Partial<VideoStream>, Rendition[], Storyboard | null, string]>([
  ['SDR', {}, [high], null, `[0:0]split=1[in-video-720p];${to720}`],
  ['another stream than the first', { index: 4 }, [high], null, `[0:4]split=1[in-video-720p];${to720}`],
  [
    'interlaced',
    { isInterlaced: true },
    [high],
    null,
    `[0:0]bwdif=mode=send_frame:deint=interlaced,split=1[in-video-720p];${to720}`,
  ],
  ['PQ', { colorTransfer: 'smpte2084' }, [high], null, `[0:0]${toneMap},split=1[in-video-720p];${to720}`],
  ['HLG', { colorTransfer: 'arib-std-b67' }, [high], null, `[0:0]${toneMap},split=1[in-video-720p];${to720}`],
  [
    'interlaced HLG, fields joined before tones are mapped',
    { colorTransfer: 'arib-std-b67', isInterlaced: true },
    [high],
    null,
    `[0:0]bwdif=mode=send_frame:deint=interlaced,${toneMap},split=1[in-video-720p];${to720}`,
  ],
  [
    'PQ that tells nothing but its transfer',
    { colorTransfer: 'smpte2084', colorMatrix: null, colorPrimaries: null },
    [high],
    null,
    `[0:0]setparams=colorspace=bt2020nc,setparams=color_primaries=bt2020,${toneMap},split=1[in-video-720p];${to720}`,
  ],
  [
    'PQ of other colors',
    { colorTransfer: 'smpte2084', colorMatrix: 'bt709', colorPrimaries: 'bt709' },
    [high],
    null,
    `[0:0]${toneMap},split=1[in-video-720p];${to720}`,
  ],
  ['transfer unknown', { colorTransfer: null }, [high], null, `[0:0]split=1[in-video-720p];${to720}`],
  ['thumbnails only', {}, [], storyboard, `[0:0]split=1[in-storyboard];${thumbnails}`],
  [
    'many rungs and thumbnails, from one decode',
    {},
    [high, low, tiny],
    storyboard,
    [
      '[0:0]split=4[in-video-720p][in-video-360p][in-video-240p][in-storyboard]',
      to720,
      scaled('video-360p', '640:360'),
      scaled('video-240p', '426:240'),
      thumbnails,
    ].join(';'),
  ],
  [
    'more frames a second than the ladder takes',
    { framesPerSecond: 119.88 },
    [{ ...high, framesPerSecond: 59.94 }],
    null,
    '[0:0]split=1[in-video-720p];[in-video-720p]fps=59.94,scale=1280:720:flags=bicubic,setsar=1,format=yuv420p[video-720p]',
  ],
])('%s', (_, stream, renditions, board, expected) => {
  expect(videoFilter(sampleVideo(stream), renditions, board)).toBe(expected);
});
