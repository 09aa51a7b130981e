import { expect, it } from 'vitest';
import { sourceInput } from '@/lib/ffmpeg/args/input-args';
import { surveyArgs } from '@/lib/ffmpeg/args/survey-args';
import { sourceFile } from '@/lib/media/source-file';
import { words } from '@/tests/harness/sample-argv';

const source = sourceFile('/in/source.mkv');
const packets = [...sourceInput(source), ...words('-map 0:0 -map 0:3 -c copy -f framecrc pipe:1')];

it('lists the packets of each stream on standard output', () => {
  expect(surveyArgs(source, [0, 3])).toEqual(packets);
});

it('makes further outputs in the same pass, after the list', () => {
  const more = words('-map 0:0 -c copy -f mp4 -y video-source.mp4');
  expect(surveyArgs(source, [0, 3], more)).toEqual([...packets, ...more]);
});
