import { expect, it } from 'vitest';
import { median, medianRatio, percentile } from '@/bench/median';

it.each<[number[], number]>([
  [[5], 5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('an empty list has no median and no percentile', () => {
  expect(() => median([])).toThrow();
  expect(() => percentile([], 0.95)).toThrow();
});

it.each<[number, number]>([
  [0.95, 95],
  [0.5, 50],
  [1, 100],
  [0, 1],
])('the percentile %d of 1 to 100 is %d', (share, expected) => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(values, share)).toBe(expected);
});

it('takes the ratio of each pair, so that a slowdown of both cancels out', () => {
  expect(medianRatio([10, 20, 12], [10, 10, 10])).toBe(1.2);
  expect(medianRatio([10, 100, 11], [10, 100, 10])).toBe(1);
});
