import { expect, it } from 'vitest';
import { untrustedInputArgs } from '@/lib/ffmpeg/args/input-args';
import { surveyArgs } from '@/lib/ffmpeg/args/survey-args';
import { words } from '@/tests/support/sample-argv';

const packets = [
  ...untrustedInputArgs,
  ...words('-i file:/in/source.mkv -map 0:0 -map 0:3 -c copy -f framecrc pipe:1'),
];

it('lists the packets of each stream on standard output', () => {
  expect(surveyArgs('/in/source.mkv', [0, 3])).toEqual(packets);
});

it('makes further outputs in the same pass, after the list', () => {
  const more = words('-map 0:0 -c copy -f mp4 -y video-source.mp4');
  expect(surveyArgs('/in/source.mkv', [0, 3], more)).toEqual([...packets, ...more]);
});
