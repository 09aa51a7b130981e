import { expect, it } from 'vitest';
import { sameFrames } from '@/lib/verify/decode';

const decoded = (...frames: string[]) => ({ frames, complaint: null });

it.each([
  ['the same frames', decoded('0, a', '0, b'), decoded('0, a', '0, b'), true],
  ['another frame', decoded('0, a', '0, b'), decoded('0, a', '0, c'), false],
  ['a frame less', decoded('0, a', '0, b'), decoded('0, a'), false],
  ['another order', decoded('0, a', '0, b'), decoded('0, b', '0, a'), false],
  ['nothing on one side', decoded('0, a'), decoded(), false],
  ['the same frames with a complaint', decoded('0, a'), { frames: ['0, a'], complaint: 'error' }, true],
])('compares %s', (_, one, other, expected) => {
  expect(sameFrames(one, other)).toBe(expected);
});
