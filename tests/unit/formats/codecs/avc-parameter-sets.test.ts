import { describe, expect, it } from 'vitest';
import { BitReader } from '@/lib/formats/bytes/bits';
import { FormatError, hexOf } from '@/lib/formats/bytes/fields';
import { isFrameCodedOnly, readAvcConfiguration } from '@/lib/formats/codecs/avc-parameter-sets';

/** ue(v) and se(v) (ISO/IEC 14496-10, 9.1) as bits. */
const ue = (value: number) => {
  const bits = (value + 1).toString(2);
  return '0'.repeat(bits.length - 1) + bits;
};
const se = (value: number) => ue(value > 0 ? 2 * value - 1 : -2 * value);

/** A sequence parameter set with `bits` after its profile, flags and level; later bits do not matter. */
function sps(profileIdc: number, ...bits: string[]): Buffer {
  const all = `${bits.join('')}1`;
  const bytes = all.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  return Buffer.from([0x67, profileIdc, 0, 40, ...bytes]);
}

/** The fields from `log2_max_frame_num_minus4` up to the size, with an order count of type 0. */
const common = [ue(0), ue(0), ue(2), ue(4), '0', ue(19), ue(11)];
const noMatrix = [ue(0), ue(1), ue(0), ue(0), '0', '0'];
const flat = (size: number) => ['1', ...Array.from({ length: size }, () => se(0))];

describe('the frame_mbs_only_flag of a sequence parameter set', () => {
  // Written by x264 from test sources of FFmpeg.
  it.each([
    [true, 'High 320x180', '6764000cacd941419f9f011000000300100000030320f1429960'],
    [true, 'Main 320x180', '674d400ceca0a0cfcf80880000030008000003019078a14cb0'],
    [true, 'Constrained Baseline', '6742c00cd901419f9f011000000300100000030320f142a480'],
    [true, 'High 4:4:4 Predictive', '67f4000c919b282833f1b808800000030080000019078a14cb'],
    [true, 'level 1b', '67640009acd942c4ec0440000003004000000c83c4896580'],
    [false, 'High 720x576, interlaced', '6764001eacd940b424d8088000000300800000190f8a14cb'],
  ])('%s: %s', (expected, _, hex) => {
    expect(isFrameCodedOnly(Buffer.from(hex, 'hex'))).toBe(expected);
  });

  const lists = (present: number, all = 8) =>
    Array.from({ length: all }, (_, i) => (i < present ? flat(i < 6 ? 16 : 64) : ['0'])).flat();
  it.each<[string, string[]]>([
    ['without scaling lists', noMatrix.slice(1)],
    ['with all scaling lists', [ue(1), ue(0), ue(0), '0', '1', ...lists(8)]],
    ['with the first scaling list only', [ue(1), ue(0), ue(0), '0', '1', ...lists(1)]],
    // next_scale becomes 0: the rest of the list is absent.
    [
      'with a scaling list that ends early',
      [ue(1), ue(0), ue(0), '0', '1', '1', se(0), se(-8), ...Array(7).fill('0')],
    ],
    ['of 4:4:4, with a flag of its own and 12 lists', [ue(3), '0', ue(0), ue(0), '0', '1', ...lists(12, 12)]],
  ])('is read from a set %s', (_, chroma) => {
    for (const [flag, expected] of [['1', true], ['0', false]] as const) // biome-ignore format: one line
      expect(isFrameCodedOnly(sps(100, ue(0), ...chroma, ...common, flag, '1'))).toBe(expected);
  });

  it.each<[string, string[]]>([
    ['0', [ue(0), ue(0), ue(2)]],
    ['1', [ue(0), ue(1), '1', se(-3), se(5), ue(3), se(1), se(-1), se(7)]],
    ['2', [ue(0), ue(2)]],
  ])('is read after an order count of type %s', (_, order) => {
    for (const [flag, expected] of [['1', true], ['0', false]] as const) // biome-ignore format: one line
      expect(isFrameCodedOnly(sps(77, ue(0), ...order, ue(4), '0', ue(19), ue(11), flag, '1'))).toBe(
        expected,
      );
  });

  it('is read without emulation prevention bytes', () => {
    // 16 bits of zero in a large number: 00 00 01 is written as 00 00 03 01.
    const plain = sps(66, ue(0), ue(0), ue(2), ue(2 ** 24), '0', ue(19), ue(11), '1', '1');
    const at = plain.indexOf(Buffer.from([0, 0]), 4);
    const escaped = Buffer.concat([plain.subarray(0, at + 2), Buffer.from([3]), plain.subarray(at + 2)]);
    expect(isFrameCodedOnly(escaped)).toBe(true);
  });

  it('cannot be read from a set that is cut off', () => {
    expect(() => isFrameCodedOnly(Buffer.from('67640028', 'hex'))).toThrow(FormatError);
    expect(() => isFrameCodedOnly(Buffer.concat([Buffer.from('67640028', 'hex'), Buffer.alloc(20)]))).toThrow(
      FormatError,
    );
  });
});

describe('a decoder configuration', () => {
  const [sps1, sps2, pps] = ['6764000cac', '6764000cad01', '68ebe3cb'];
  const avcC = Buffer.from(`0164400cffe20005${sps1}0006${sps2}010004${pps}`, 'hex');

  it('has a profile, a level, the size of length fields, and all parameter sets', () => {
    const { sequenceParameterSets, pictureParameterSets, ...others } = readAvcConfiguration(avcC);
    expect(others).toEqual({ profileIdc: 100, compatibility: 0x40, levelIdc: 12, lengthBytes: 4 });
    expect(sequenceParameterSets.map(hexOf)).toEqual([sps1, sps2]);
    expect(pictureParameterSets.map(hexOf)).toEqual([pps]);
  });

  it('may end with the fields that the High profile adds', () => {
    const longer = Buffer.concat([avcC, Buffer.from('fdf8f800', 'hex')]);
    expect(readAvcConfiguration(longer)).toEqual(readAvcConfiguration(avcC));
  });

  it.each([3, 6, 10])('of %d bytes is too short', (sizeBytes) => {
    expect(() => readAvcConfiguration(avcC.subarray(0, sizeBytes))).toThrow(FormatError);
  });
});

it.each([
  ['1', 0, 0],
  ['010', 1, 1],
  ['011', 2, -1],
  ['00100', 3, 2],
  ['00101', 4, -2],
  ['0001000', 7, 4],
])('the code %s is %d, or %d with a sign', (bits, value, signed) => {
  const bytes = Buffer.from([Number.parseInt(bits.padEnd(8, '0'), 2)]);
  expect(new BitReader(bytes).exponential()).toBe(value);
  expect(new BitReader(bytes).signedExponential()).toBeCloseTo(signed, 9);
});
