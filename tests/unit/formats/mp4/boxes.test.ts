import { describe, expect, it } from 'vitest';
import { boxesIn, findBox, findBoxes } from '@/lib/formats/mp4/boxes';
import { renameBox, rewriteBoxes } from '@/lib/formats/mp4/write-boxes';
import { box } from '@/tests/harness/sample-boxes';

/** A header as written: the size, the type, and for a size of 1 the 64-bit size. */
function head(sizeBytes: number, type: string, longBytes?: bigint): Buffer {
  const bytes = Buffer.alloc(longBytes === undefined ? 8 : 16);
  bytes.writeUInt32BE(sizeBytes);
  bytes.write(type, 4, 'latin1');
  if (longBytes !== undefined) bytes.writeBigUInt64BE(longBytes, 8);
  return bytes;
}

const found = (bytes: Buffer) =>
  Array.from(boxesIn(bytes), ({ type, start, whole, payload }) => [
    type,
    start,
    whole.length,
    payload.toString('latin1'),
  ]);

describe('the boxes in some bytes', () => {
  const [free, ab] = [box('free'), Buffer.from('ab')];
  const rest = Buffer.alloc(6, 'x');

  it.each<[string, Buffer[], unknown[][]]>([
    ['with sizes of 32 bits', [box('ftyp', ab), free], [['ftyp', 0, 10, 'ab'], ['free', 10, 8, '']]], // biome-ignore format: a row
    ['with a size of 64 bits', [head(1, 'mdat', 18n), ab, free], [['mdat', 0, 18, 'ab'], ['free', 18, 8, '']]], // biome-ignore format: a row
    ['to the end, with a size of 0', [free, head(0, 'mdat'), ab], [['free', 0, 8, ''], ['mdat', 8, 10, 'ab']]], // biome-ignore format: a row
    ['up to a box that is cut off', [free, head(11, 'mdat'), ab], [['free', 0, 8, '']]],
    ['up to a box whose 64-bit size is beyond the end', [free, head(1, 'mdat', 2n ** 63n), ab], [['free', 0, 8, '']]], // biome-ignore format: a row
    ['up to a 64-bit size of 0', [free, head(1, 'mdat', 0n), ab], [['free', 0, 8, '']]],
    ['up to a 64-bit size below that of its header', [free, head(1, 'mdat', 15n), ab], [['free', 0, 8, '']]],
    ['up to a 64-bit size that is not there', [free, head(1, 'mdat')], [['free', 0, 8, '']]],
    ['up to a size below that of its header', [free, head(7, 'mdat'), rest], [['free', 0, 8, '']]],
    ['up to zeros', [free, Buffer.alloc(40)], [['free', 0, 8, '']]],
    ['up to part of a header', [free, rest], [['free', 0, 8, '']]],
    ['of nothing', [], []],
  ])('%s', (_, parts, expected) => {
    expect(found(Buffer.concat(parts))).toEqual(expected);
  });

  it('are parts of the same memory', () => {
    const bytes = Buffer.concat([box('free'), box('senc', ab)]);
    for (const one of findBoxes(bytes, ['senc'])) renameBox(one, 'free');
    expect(bytes.equals(Buffer.concat([box('free'), box('free', ab)]))).toBe(true);
  });
});

describe('boxes at a path', () => {
  const entry = box('encv', Buffer.alloc(78), box('sinf', box('frma', Buffer.from('avc1'))));
  const stsd = box('stsd', Buffer.alloc(8), entry);

  it('are found after the fields of their containers', () => {
    expect(findBox(stsd, ['stsd', 'encv', 'sinf', 'frma'])?.toString()).toBe('avc1');
  });

  it('are found in each container', () => {
    const bytes = Buffer.concat(['a', 'b', 'c'].map((text) => box('moof', box('traf', Buffer.from(text)))));
    const all = Array.from(findBoxes(bytes, ['moof', 'traf']), ({ payload }) => payload.toString());
    expect(all).toEqual(['a', 'b', 'c']);
  });

  it('are not found in containers that are too short for their fields', () => {
    expect(findBox(box('stsd', Buffer.alloc(3)), ['stsd', 'encv'])).toBeUndefined();
  });
});

describe('rewritten boxes', () => {
  const tree = Buffer.concat([
    box('mvhd', '01'),
    box('trak', box('tkhd', '02'), box('mdia', box('mdhd', '03'), box('free', '04'))),
  ]);

  it('are the same without changes', () => {
    expect(Buffer.from(rewriteBoxes(tree, {}))).toEqual(tree);
  });

  it('replace or remove boxes at a path; sizes of containers follow', () => {
    const changes = { 'trak/mdia/mdhd': () => box('mdhd', '0506'), 'trak/tkhd': () => Buffer.alloc(0) };
    expect(Buffer.from(rewriteBoxes(tree, changes))).toEqual(
      Buffer.concat([box('mvhd', '01'), box('trak', box('mdia', box('mdhd', '0506'), box('free', '04')))]),
    );
  });

  it('are read no deeper than the paths, however deep they are nested', () => {
    const depth = 100_000;
    const nested = Buffer.alloc(8 * depth);
    for (let i = 0; i < depth; i++) nested.set(head(8 * (depth - i), 'trak'), 8 * i);
    expect(Buffer.from(rewriteBoxes(nested, { 'trak/trak': () => box('free') }))).toEqual(
      box('trak', box('free')),
    );
  });
});
