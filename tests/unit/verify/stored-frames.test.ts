import { expect, it } from 'vitest';
import { hasSameFrames, largestFrameBytes, readFrameLine } from '@/lib/verify/stored-frames';

/** As framehash prints stored frames: stream, dts, pts, duration, size, checksum. */
const frames = (names: string, shift = 0) =>
  [...names].map((name, i) => readFrameLine(`0, ${i + shift}, ${i + shift}, 1, 100, ${name}`));

it('distinguishes the same frames at other times from other frames', () => {
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
