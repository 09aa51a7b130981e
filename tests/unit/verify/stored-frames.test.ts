import { describe, expect, it } from 'vitest';
import { hasSameFrames, isCutFrom, largestFrameBytes, readFrameLine } from '@/lib/verify/stored-frames';

/** As framehash prints stored frames: stream, dts, pts, duration, size, checksum. */
const frames = (names: string, shift = 0) =>
  [...names].map((name, i) => readFrameLine(`0, ${i + shift}, ${i + shift}, 1, 100, ${name}`));

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
    expect(isCutFrom(frames(sample, 7), { first: frames(beginning), last: frames(ending) })).toBe(expected);
  });
});

it('tells the same frames at other times from other frames', () => {
  expect(hasSameFrames(frames('ab', 3), frames('ab'))).toBe(true);
  expect(hasSameFrames(frames('ab'), frames('ac'))).toBe(false);
  expect(hasSameFrames(frames('ab'), frames('a'))).toBe(false);
  expect(hasSameFrames(frames('ab'), frames(''))).toBe(false);
});

it('finds the largest frame', () => {
  const sizes = [20, 4097, 300].map((sizeBytes) => ({ sizeBytes, crcHex: '0' }));
  expect(largestFrameBytes(sizes)).toBe(4097);
  expect(largestFrameBytes([])).toBe(0);
});
