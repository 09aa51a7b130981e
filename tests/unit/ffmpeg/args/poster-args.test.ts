import { expect, it } from 'vitest';
import { sourceInput } from '@/lib/ffmpeg/args/input-args';
import { posterArgs } from '@/lib/ffmpeg/args/poster-args';
import { sourceFile } from '@/lib/media/source-file';
import type { VideoStream } from '@/lib/media/source-probe';
import { valuesOf, words } from '@/tests/harness/sample-argv';
import { sampleVideo } from '@/tests/harness/sample-probe';

it('takes the most representative frame after a time', () => {
  expect(
    posterArgs(sourceFile('/in/source.mkv'), sampleVideo({ index: 2 }), 12.55, '/out/poster.jpg'),
  ).toEqual([
    ...sourceInput(sourceFile('/in/source.mkv'), ['-ss', '12.550']),
    ...words('-map 0:2 -vf'),
    "bwdif=mode=send_frame:deint=interlaced,scale=trunc(iw*sar/2)*2:ih,setsar=1,scale='min(640,iw)':-2,thumbnail=50",
    ...words('-frames:v 1 -c:v mjpeg -q:v 4 -f image2 -update 1 -y /out/poster.jpg'),
  ]);
});

// 50 frames of 4K in linear light would take seconds, and gigabytes.
it.each<[string, Partial<VideoStream>, RegExp]>([
  ['joins fields before it scales', { isInterlaced: true }, /^bwdif=[^,]+,scale=.+,thumbnail=50$/],
  ['joins no fields of a codec that has none', { codec: 'vp9' }, /^scale=.+,thumbnail=50$/],
  [
    'maps tones after it scales',
    { colorTransfer: 'smpte2084' },
    /^bwdif=[^,]+,scale=.+,zscale=.+,tonemap=.+,thumbnail=50$/,
  ],
])('%s', (_, changes, expected) => {
  expect(valuesOf(posterArgs(sourceFile('in'), sampleVideo(changes), 0, 'out'), '-vf')[0]).toMatch(expected);
});

it.each([
  [0, '0.000'],
  [0.0044, '0.004'],
  [36_000, '36000.000'],
])('begins at %f seconds', (fromSeconds, begin) => {
  expect(valuesOf(posterArgs(sourceFile('in'), sampleVideo(), fromSeconds, 'out'), '-ss')).toEqual([begin]);
});
