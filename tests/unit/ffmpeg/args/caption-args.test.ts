import { describe, expect, it } from 'vitest';
import { captionArgs, captionOutputs, mayHaveCaptions } from '@/lib/ffmpeg/args/caption-args';
import { sourceInput } from '@/lib/ffmpeg/args/input-args';
import { sourceFile } from '@/lib/media/source-file';
import { words } from '@/tests/harness/sample-argv';

const limit = 128 * 1024 * 1024;
const files = { data: 'captions.data', times: 'captions.times' };
const both = (options: string) => [
  ...words(`${options} -fs ${limit} -f data -y captions.data`),
  ...words(`${options} -fs ${limit} -f framecrc -y captions.times`),
];

describe('the outputs of captions', () => {
  it.each([
    ['h264', '-map 0:2 -c copy -bsf:v filter_units=pass_types=6'],
    ['hevc', '-map 0:2 -c copy -bsf:v filter_units=pass_types=39'],
    ['mpeg2video', '-map 0:2 -c copy -bsf:v filter_units=pass_types=178'],
    ['eia_608', '-map 0:2 -c copy'],
  ])('of %s are the units that carry them, and their times', (codec, options) => {
    expect(captionOutputs({ index: 2, codec }, files, null)).toEqual(both(options));
  });

  it('end after some seconds', () => {
    expect(captionOutputs({ index: 2, codec: 'eia_608' }, files, 60)).toEqual(both('-map 0:2 -c copy -t 60'));
  });
});

it('captions are read alone, with the other streams that set the time origin', () => {
  const stream = { index: 2, codec: 'h264' };
  expect(captionArgs(sourceFile('/in/source.ts'), stream, [1, 2], files, null)).toEqual([
    ...sourceInput(sourceFile('/in/source.ts')),
    ...captionOutputs(stream, files, null),
    ...words('-map 0:1 -c copy -f null -'),
  ]);
});

it.each([
  [true, 'h264'],
  [true, 'hevc'],
  [true, 'mpeg2video'],
  [true, 'eia_608'],
  [false, 'vp9'],
  [false, 'constructor'],
])('%s: %s may have captions', (expected, codec) => {
  expect(mayHaveCaptions({ index: 0, codec })).toBe(expected);
});
