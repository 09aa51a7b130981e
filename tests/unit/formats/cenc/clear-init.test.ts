import { expect, it } from 'vitest';
import { clearInit } from '@/lib/formats/cenc/clear-init';
import { readTrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import { sampleFragment, sampleKidHex } from '@/tests/harness/sample-fragment';

const { init } = sampleFragment({
  scheme: 'cbcs',
  ivBytes: 0,
  pattern: { crypt: 1, skip: 9 },
  subsamples: [[[10, 20]]],
});

it('reads how a track is encrypted', () => {
  expect(readTrackEncryption(init)).toMatchObject({
    scheme: 'cbcs',
    kidHex: sampleKidHex,
    ivBytes: 0,
    pattern: { crypt: 1, skip: 9 },
  });
  expect(readTrackEncryption(clearInit(init))).toBeNull();
});

it('a cleared init segment has the original sample entry and its other boxes unchanged', () => {
  const before = Buffer.from(init);
  const clear = Buffer.from(clearInit(init));
  const types = (at: string[]) => Array.from(boxesIn(findBox(clear, at) ?? clear), ({ type }) => type);
  expect(types([])).toEqual(['ftyp', 'moov']);
  expect(types(['moov'])).toEqual(['mvhd', 'trak', 'mvex']);
  const entries = findBox(clear, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])?.subarray(8);
  const [entry] = boxesIn(entries ?? Buffer.alloc(0));
  expect(entry?.type).toBe('avc1');
  expect(Array.from(boxesIn(entry?.payload.subarray(78) ?? Buffer.alloc(0)), ({ type }) => type)).toEqual([
    'avcC',
    'pasp',
  ]);
  // Box sizes add up to the length, and the input is unchanged.
  expect([...boxesIn(clear)].reduce((sum, { payload }) => sum + payload.length + 8, 0)).toBe(clear.length);
  expect(init.equals(before)).toBe(true);
});

it('a clear init segment is returned unchanged', () => {
  const clear = clearInit(init);
  expect(Buffer.from(clearInit(clear)).equals(Buffer.from(clear))).toBe(true);
});

it('the error names an unknown scheme', () => {
  const other = Buffer.from(init);
  other.write('cens', other.indexOf('cbcs'));
  expect(() => readTrackEncryption(other)).toThrow('cens');
});
