import { expect, it } from 'vitest';
import type { SourceProbe } from '@/lib/media/source-probe';
import { truncation } from '@/lib/packaging/plan/truncation';
import { sampleProbe } from '@/tests/harness/sample-probe';
import { sampleSurvey, sampleVideoSurvey } from '@/tests/harness/sample-survey';

const say = (probe: Partial<SourceProbe>, endSeconds: number) =>
  truncation(
    sampleProbe(probe),
    sampleSurvey({ video: sampleVideoSurvey({ endSeconds }), audios: new Map() }),
  );

it.each<[string, Partial<SourceProbe>, number]>([
  ['a whole file', {}, 10],
  ['one that is longer than its header says', {}, 12],
  ['one whose header rounds', {}, 9.5],
  ['a long one whose header rounds', { durationSeconds: 3600 }, 3530],
  ['a container whose length FFmpeg estimates', { container: 'mpegts', durationSeconds: 600 }, 10],
])('says nothing of %s', (_, probe, endSeconds) => {
  expect(say(probe, endSeconds)).toEqual([]);
});

it.each<[string, number, string]>([
  ['by little', 9.9, 'at 9.9 s of 10.0 s'],
  ['at the length that its header claims', 10, 'at 10.0 s'],
])('says that a file is cut off %s, where its structure shows it', (_, endSeconds, where) => {
  expect(say({ isCutOff: true }, endSeconds)).toEqual([
    `The file is truncated ${where}: the rest is missing.`,
  ]);
});

it.each(['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm', 'avi', 'asf', 'flv', 'flac'])(
  'says where a file of %s is cut off',
  (container) => {
    expect(say({ container, durationSeconds: 12 }, 5.44)).toEqual([
      'The file is truncated at 5.4 s of 12.0 s: the rest is missing.',
    ]);
  },
);
