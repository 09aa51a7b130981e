import { expect, it } from 'vitest';
import { fromOutside } from '@/lib/ffmpeg/args/input-args';
import { posterArgs } from '@/lib/ffmpeg/args/poster-args';
import { valuesOf, words } from '@/tests/support/sample-argv';

it('takes the most telling picture from a time on', () => {
  expect(posterArgs('/in/source.mkv', 2, 12.55, '/out/poster.jpg')).toEqual([
    ...fromOutside,
    ...words('-ss 12.550 -i file:/in/source.mkv -map 0:2 -vf'),
    "scale=trunc(iw*sar/2)*2:ih,setsar=1,scale='min(640,iw)':-2,thumbnail=50",
    ...words('-frames:v 1 -c:v mjpeg -q:v 4 -f image2 -update 1 -y /out/poster.jpg'),
  ]);
});

it.each([
  [0, '0.000'],
  [0.0044, '0.004'],
  [36_000, '36000.000'],
])('begins at %f seconds', (fromSeconds, begin) => {
  expect(valuesOf(posterArgs('in', 0, fromSeconds, 'out'), '-ss')).toEqual([begin]);
});
