import { expect, it } from 'vitest';
import { segmentStarts } from '@/lib/packaging/plan/segment-starts';
import { segmentLength } from '@/lib/packaging/steps/served-segments';

const every = (seconds: number, count: number) => Array.from({ length: count }, (_, i) => i * seconds);
const odd = [0, 1.3, 4.7, 5.1, 9.9, 12, 13.1, 17.9, 18.2, 24.5];

it.each<[string, number[], number, number, number]>([
  ['what the ladder says', every(2, 20), 4, 4, 4],
  ['what the ladder said before, longer', every(2, 20), 6, 4, 6],
  ['what the ladder said before, shorter', every(2, 20), 4, 6, 4],
  ['a fraction', every(0.7, 60), 4.2, 4, 4.2],
  ['a finer one', every(0.25, 90), 1.25, 4, 1.25],
  ['that of keyframes at odd times', odd, 4, 6, 4],
  ['what the ladder says, where any length fits', [0], 4, 6, 6],
])('the segment length of a version is found: %s', (_, keyframes, served, today, expected) => {
  expect(segmentLength(keyframes, segmentStarts(keyframes, served), today)).toBe(expected);
});

it('cuts at the same times again', () => {
  for (const served of [1, 1.5, 2, 2.345, 4, 7, 10]) {
    const starts = segmentStarts(odd, served);
    expect(segmentStarts(odd, segmentLength(odd, starts, 6)), `${served} s`).toEqual(starts);
  }
});

it('is what the ladder says, where no length explains the version', () => {
  expect(segmentLength(every(2, 20), [0, 2, 16], 4)).toBe(4);
});
