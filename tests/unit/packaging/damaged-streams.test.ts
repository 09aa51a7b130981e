import { expect, it } from 'vitest';
import { damage } from '@/lib/packaging/not-carried';
import { sampleProbe, sampleVideo } from '@/tests/support/sample-probe';

const video = sampleVideo({ codecLabel: 'H.264' });
const sentence = 'The video stream (H.264) is damaged in places: these may look wrong.';

it.each<[string, number[], string[]]>([
  ['nothing is damaged', [], []],
  ['the video is damaged', [0], [sentence]],
  ['only audio is damaged', [1], []],
  ['video and audio are damaged', [0, 1], [sentence]],
])('%s', (_, damaged, expected) => {
  expect(damage(sampleProbe({ videos: [video] }), new Set(damaged))).toEqual(expected);
});

it('names the damaged one of two videos', () => {
  const other = sampleVideo({ index: 2, codecLabel: 'VP9' });
  expect(damage(sampleProbe({ videos: [video, other] }), new Set([2]))).toEqual([
    'The video stream (VP9) is damaged in places: these may look wrong.',
  ]);
});

it('names the codec of probes that did not record its label', () => {
  expect(damage(sampleProbe(), new Set([0]))).toEqual([
    'The video stream (h264) is damaged in places: these may look wrong.',
  ]);
});
