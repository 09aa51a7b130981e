import { expect, it } from 'vitest';
import { hasDamage } from '@/lib/packaging/steps/check-copies';

const broken = '[h264 @ 0x55b7bb264b80] error while decoding MB 6 5, bytestream 954';
const afterCut = '[h264 @ 0x55b7bb264b80] mmco: unref short failure';

it.each<[boolean, string, string, string[]]>([
  [false, 'no message', 'h264', []],
  [true, 'a macroblock that cannot be decoded', 'h264', [broken]],
  [true, 'a slice that cannot be decoded', 'h264', ['[h264 @ 0x55b7bb264b80] decode_slice_header error']],
  [
    true,
    'a channel without a configuration',
    'aac',
    ['[aac @ 0x55c1cebdbec0] channel element 3.5 is not allocated'],
  ],
  [
    true,
    'a frame of VP9 whose header is damaged',
    'vp9',
    ['[vp9 @ 0x55c1cebdbec0] Invalid compressed header size'],
  ],
  [false, 'damage of another codec', 'aac', [broken]],
  [
    false,
    'damage of a codec whose name begins the same',
    'aac',
    ['[aac_latm @ 0x55c1cebdbec0] no StreamMuxConfig'],
  ],
  [true, 'a failure without a reason', 'av1', ['Error while decoding stream #0:0: Invalid data found']],
  [false, 'a reference that is missing after a cut', 'h264', [afterCut]],
  [
    false,
    'more reference frames than declared',
    'h264',
    [
      '[h264 @ 0x55b7bb264b80] number of reference frames (0+4) exceeds max (3; probably corrupt input), discarding one',
    ],
  ],
  [true, 'damage among harmless messages', 'h264', [afterCut, broken, afterCut]],
  [
    true,
    'damage among messages of another codec',
    'h264',
    ['[aac @ 0x55c1cebdbec0] Input buffer exhausted', broken],
  ],
])('%s: %s', (expected, _, codec, lines) => {
  expect(hasDamage(lines.map((line) => `${line}\n`).join(''), codec)).toBe(expected);
});

it('a failure is that of the stream that it names', () => {
  const message = 'Error while decoding stream #0:1: Invalid data found when processing input';
  expect([0, 1].map((index) => hasDamage(message, 'av1', index))).toEqual([false, true]);
});
