import { expect, it } from 'vitest';
import { beginsAs } from '@/lib/verify/decode';

const decoded = (...frames: string[]) => ({ frames, complaint: null });

it.each([
  ['the same frames', decoded('0, a', '0, b'), decoded('0, a', '0, b'), true],
  ['the first of them', decoded('0, a'), decoded('0, a', '0, b'), true],
  ['another frame', decoded('0, a', '0, c'), decoded('0, a', '0, b'), false],
  ['another first frame', decoded('0, c'), decoded('0, a', '0, b'), false],
  ['more frames', decoded('0, a', '0, b'), decoded('0, a'), false],
  ['another order', decoded('0, b', '0, a'), decoded('0, a', '0, b'), false],
  ['nothing', decoded(), decoded('0, a'), false],
  ['nothing on both sides', decoded(), decoded(), false],
  ['the same frames with a complaint', { frames: ['0, a'], complaint: 'error' }, decoded('0, a'), true],
])('compares %s', (_, short, long, expected) => {
  expect(beginsAs(short, long)).toBe(expected);
});
