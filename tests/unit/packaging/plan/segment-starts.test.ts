import { describe, expect, it } from 'vitest';
import { segmentStarts } from '@/lib/packaging/plan/segment-starts';

it.each<{ name: string; keyframes: number[]; every?: number; starts: number[] }>([
  { name: 'none', keyframes: [], starts: [] },
  { name: 'one', keyframes: [0], starts: [0] },
  { name: 'every 2 s', keyframes: [0, 2, 4, 6, 8, 10], starts: [0, 4, 8] },
  { name: 'where segments start', keyframes: [0, 4, 8], starts: [0, 4, 8] },
  { name: 'every second', keyframes: [0, 1, 2, 3, 4, 5, 6, 7, 8], starts: [0, 4, 8] },
  { name: 'every 10 s', keyframes: [0, 10, 20], starts: [0, 10, 20] },
  {
    name: 'every 3 s: the first after each multiple',
    keyframes: [0, 3, 6, 9, 12, 15],
    starts: [0, 6, 9, 12],
  },
  { name: 'every 5 s', keyframes: [0, 5, 10, 15, 20], starts: [0, 5, 10, 15, 20] },
  { name: 'two close ones over a border', keyframes: [0, 3.99, 4, 4.01, 8.5], starts: [0, 4, 8.5] },
  { name: 'at scene cuts', keyframes: [0, 1.2, 5.44, 6, 7.96, 12.04], starts: [0, 5.44, 12.04] },
  { name: 'close after a long segment', keyframes: [0, 7.9, 8.1, 12], starts: [0, 7.9, 8.1, 12] },
  { name: 'that do not begin at zero', keyframes: [0.08, 2.08, 4.08], starts: [0.08, 4.08] },
  { name: 'a long way from zero', keyframes: [4000.5, 4002.5, 4004.5], starts: [4000.5, 4004.5] },
  { name: 'in segments of 2 s', keyframes: [0, 1, 2, 3, 4], every: 2, starts: [0, 2, 4] },
  { name: 'in segments of 2.5 s', keyframes: [0, 2, 3, 5, 7, 8], every: 2.5, starts: [0, 3, 5, 8] },
])('of keyframes $name', ({ keyframes, every = 4, starts }) => {
  expect(segmentStarts(keyframes, every)).toEqual(starts);
});

describe('of keyframes of a file that does not begin at zero', () => {
  const atZero = [0, 0.08, 1.4, 1.48, 1.433367, 1.466667, 10.000011, 95_443.717689];
  const grids = [
    [1, 4],
    [2, 4],
    [4, 4],
    [2, 6],
    [0.5, 1.5],
    [1.4, 4.2],
  ];
  it.each(atZero.flatMap((zero) => grids.map((grid) => [zero, ...grid])))(
    'at %d s, every %d s, in segments of %d s: all multiples',
    (zero = 0, period = 0, every = 0) => {
      const times = Array.from({ length: 1000 }, (_, i) => Number((zero + i * period).toFixed(6)));
      const starts = segmentStarts(
        times.map((time) => time - zero),
        every,
      );
      const wanted = times.filter((_, i) => i % Math.round(every / period) === 0);
      expect(starts).toEqual(wanted.map((time) => time - zero));
    },
  );

  it('are not moved to a multiple that is one tick later', () => {
    expect(segmentStarts([0, 4 - 1 / 90_000, 6, 8 - 1 / 90_000, 8], 4)).toEqual([0, 6, 8]);
  });
});
