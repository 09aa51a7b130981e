import { expect, it } from 'vitest';
import { compareFrames } from '@/lib/verify/compare-frames';

it.each<[string, number[], number[], number, number]>([
  ['the same', [0, 0.04, 0.08], [0, 0.04, 0.08], 0, 0],
  ['the same, in milliseconds', [0, 0.033, 0.067], [0, 0.0333667, 0.0667333], 0, 0],
  ['one missing in the middle', [0, 0.08], [0, 0.04, 0.08], 1, 0],
  ['one missing at the start', [0.04, 0.08], [0, 0.04, 0.08], 1, 0],
  ['one missing at the end', [0, 0.04], [0, 0.04, 0.08], 1, 0],
  ['one made up', [0, 0.02, 0.04], [0, 0.04], 0, 1],
  ['one twice', [0, 0.04, 0.04], [0, 0.04], 0, 1],
  ['one at another time', [0, 0.05, 0.08], [0, 0.04, 0.08], 1, 1],
  ['all at other times', [0.5, 0.54], [0, 0.04], 2, 2],
  ['none presented', [], [0, 0.04], 2, 0],
  ['none expected', [0, 0.04], [], 0, 2],
  ['neither', [], [], 0, 0],
])('%s', (_, presented, expected, missing, invented) => {
  expect(compareFrames(presented, expected)).toEqual({ missing, invented });
});
