import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatBitrate,
  formatBytes,
  formatDuration,
  formatPercent,
  formatSpeed,
  formatTimeLeft,
  formatUntil,
} from '@/app/_lib/format';

describe('sizes and rates', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [245_000_000, '245 MB'],
    [4_812_000_000, '4.8 GB'],
    [99_960_000, '100 MB'],
    [999_999, '1.0 MB'],
    [3.2e15, '3200 TB'],
  ])('shows %d bytes as %s', (sizeBytes, shown) => {
    expect(formatBytes(sizeBytes)).toBe(shown);
  });

  it('shows speeds and bitrates in their units', () => {
    expect(formatSpeed(12_500_000)).toBe('12.5 MB/s');
    expect(formatBitrate(128_000)).toBe('128 kbit/s');
    expect(formatBitrate(4_200_000)).toBe('4.2 Mbit/s');
  });
});

describe('times', () => {
  it.each([
    [0, '0:00'],
    [7.4, '0:07'],
    [59.6, '1:00'],
    [634, '10:34'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('shows a length of %d s as %s', (seconds, shown) => {
    expect(formatDuration(seconds)).toBe(shown);
  });

  it.each([
    [0.2, '1 s left'],
    [12.1, '13 s left'],
    [60, '1 min left'],
    [61, '2 min left'],
    [3600, '1 h left'],
    [4790, '1 h 20 min left'],
  ])('shows a wait of %d s as %s', (seconds, shown) => {
    expect(formatTimeLeft(seconds)).toBe(shown);
  });
});

it.each([
  [0, '0%'],
  [0.999, '99%'],
  [1, '100%'],
  [1.2, '100%'],
  [-1, '0%'],
])('shows the share %d as %s', (share, shown) => {
  expect(formatPercent(share)).toBe(shown);
});

it('counts in words', () => {
  expect([countOf(0, 'package'), countOf(1, 'package'), countOf(2, 'package')]).toEqual([
    '0 packages',
    '1 package',
    '2 packages',
  ]);
});

describe('the time until an event', () => {
  it.each([
    [-3, 'in a moment'],
    [0, 'in a moment'],
    [0.2, 'in 1 second'],
    [29.5, 'in 30 seconds'],
    [100, 'in 2 minutes'],
  ])('shows %d seconds as %s', (seconds, words) => {
    expect(formatUntil(seconds)).toBe(words);
  });
});
