import { describe, expect, it } from 'vitest';
import { maxSubsamples, subsamplesOf } from '@/lib/formats/cenc/subsamples';
import type { NalUnits } from '@/lib/formats/mp4/clear-track';

const h264: NalUnits = { codec: 'h264', lengthBytes: 4 };
const hevc: NalUnits = { codec: 'hevc', lengthBytes: 4 };

/** A NAL unit of a type, with `sizeBytes` after its length field. */
function unit({ codec, lengthBytes }: NalUnits, type: number, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes + sizeBytes);
  bytes.writeUIntBE(sizeBytes, 0, lengthBytes);
  if (sizeBytes > 0) bytes[lengthBytes] = codec === 'h264' ? 0x60 | type : type << 1;
  return bytes;
}

const pairsOf = (units: NalUnits, ...parts: [type: number, sizeBytes: number][]) =>
  subsamplesOf(Buffer.concat(parts.map(([type, size]) => unit(units, type, size))), units).map(
    ({ clearBytes, protectedBytes }) => [clearBytes, protectedBytes],
  );

describe('a slice is protected after its header, in whole blocks', () => {
  it.each<[string, NalUnits, number, number, number[]]>([
    ['of one block', h264, 5, 17, [5, 16]],
    ['of a byte more', h264, 5, 18, [6, 16]],
    ['of less than a block', h264, 1, 16, [20, 0]],
    ['of only a header', h264, 1, 1, [5, 0]],
    ['a large one', h264, 1, 100_001, [5, 100_000]],
    ['of another view', h264, 20, 33, [5, 32]],
    ['of HEVC', hevc, 19, 18, [6, 16]],
    ['the last slice type of HEVC', hevc, 31, 35, [7, 32]],
    ['after a length field of two bytes', { codec: 'h264', lengthBytes: 2 }, 5, 17, [3, 16]],
    ['after a length field of one byte', { codec: 'h264', lengthBytes: 1 }, 5, 17, [2, 16]],
  ])('%s', (_, units, type, sizeBytes, expected) => {
    expect(pairsOf(units, [type, sizeBytes])).toEqual([expected]);
  });
});

it.each<[NalUnits, number]>([
  [h264, 6],
  [h264, 7],
  [h264, 8],
  [h264, 9],
  [h264, 12],
  [hevc, 32],
  [hevc, 33],
  [hevc, 34],
  [hevc, 39],
])('%o: a unit of type %i, which is not a slice, stays clear', (units, type) => {
  expect(pairsOf(units, [type, 200])).toEqual([[204, 0]]);
});

it('clear units join the subsample of the slice that follows', () => {
  expect(pairsOf(h264, [9, 2], [6, 30], [5, 49], [1, 17], [12, 8])).toEqual([
    [6 + 34 + 5, 48],
    [5, 16],
    [12, 0],
  ]);
});

it('a clear run of more than 65,535 bytes is split over several subsamples', () => {
  expect(pairsOf(h264, [6, 65_531])).toEqual([[65_535, 0]]);
  expect(pairsOf(h264, [6, 65_532])).toEqual([
    [65_535, 0],
    [1, 0],
  ]);
  expect(pairsOf(h264, [6, 200_000], [5, 17])).toEqual([
    [65_535, 0],
    [65_535, 0],
    [65_535, 0],
    [200_004 - 3 * 65_535 + 5, 16],
  ]);
});

it('slices beyond the largest number of subsamples are protected as one', () => {
  const slices = (count: number) => Array.from({ length: count }, (): [number, number] => [1, 17]);
  expect(pairsOf(h264, ...slices(maxSubsamples))).toHaveLength(maxSubsamples);
  const [[clear = 0, hidden = 0] = [], ...others] = pairsOf(h264, ...slices(maxSubsamples + 1));
  expect(others).toEqual([]);
  expect(clear + hidden).toBe(21 * (maxSubsamples + 1));
  expect(clear).toBeGreaterThanOrEqual(5);
  expect(clear).toBeLessThan(5 + 16);
  expect(hidden % 16).toBe(0);
});

describe('a malformed sample', () => {
  it.each<[string, string, number[][]]>([
    ['no bytes', '', []],
    ['part of a length field', '0000', [[2, 0]]],
    ['only a length field', '00000005', [[4, 0]]],
    ['empty units', '0000000000000000', [[8, 0]]],
    ['a length beyond the end', `ffffffff65${'00'.repeat(20)}`, [[9, 16]]],
  ])('%s', (_, hex, expected) => {
    const found = subsamplesOf(Buffer.from(hex, 'hex'), h264);
    expect(found.map(({ clearBytes, protectedBytes }) => [clearBytes, protectedBytes])).toEqual(expected);
  });
});
