import { describe, expect, it } from 'vitest';
import { hasSameFrames, isCutFrom, largestFrameBytes } from '@/lib/verify/stored-frames';

/** As framecrc prints a stored frame: stream, dts, pts, duration, size, checksum. */
const frames = (names: string, shift = 0) =>
  [...names].map((name, i) => `0, ${i + shift}, ${i + shift}, 1, 100, 0x${name}`);

describe('a sample of the beginning and the end of a track', () => {
  it.each([
    ['has the same frames at other times', 'abyz', 'abcd', 'wxyz', true],
    ['is the whole track', 'abcd', 'abcd', 'abcd', true],
    ['has a longer beginning', 'abcz', 'abcd', 'wxyz', true],
    ['has another first frame', 'xbyz', 'abcd', 'wxyz', false],
    ['has another last frame', 'abya', 'abcd', 'wxyz', false],
    ['lacks a frame of the end', 'abxz', 'abcd', 'wxyz', false],
    ['has more than there is', 'abvwxyz', 'ab', 'xyz', false],
    ['is empty', '', 'abcd', 'wxyz', false],
  ])('%s', (_, sample, beginning, ending, expected) => {
    expect(isCutFrom(frames(sample, 7), frames(beginning), frames(ending))).toBe(expected);
  });
});

it('tells the same frames at other times from other frames', () => {
  expect(hasSameFrames(frames('ab', 3), frames('ab'))).toBe(true);
  expect(hasSameFrames(frames('ab'), frames('ac'))).toBe(false);
  expect(hasSameFrames(frames('ab'), frames('a'))).toBe(false);
  expect(hasSameFrames(frames('ab'), frames(''))).toBe(false);
});

it('finds the largest frame', () => {
  expect(largestFrameBytes(['0, 0, 0, 1, 20, 0xa', '0, 1, 1, 1, 4097, 0xb', '0, 2, 2, 1, 300, 0xc'])).toBe(
    4097,
  );
  expect(largestFrameBytes([])).toBe(0);
});
