import { describe, expect, it } from 'vitest';
import { FormatError } from '@/lib/formats/bytes/fields';
import { segmentSamples } from '@/lib/formats/cenc/segment-samples';
import type { TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { box } from '@/tests/harness/sample-boxes';

const encryption: TrackEncryption = {
  scheme: 'cenc',
  kidHex: '00',
  ivBytes: 8,
  constantIv: Buffer.alloc(0),
  pattern: { crypt: 0, skip: 0 },
};

/** A big-endian number of some bytes, in hex. */
const number = (value: number, bytes: number) => value.toString(16).padStart(2 * bytes, '0');
const flags = (value: number) => `00${number(value, 3)}`;

/** A fragment with `frames`; `truns` makes its `trun` boxes from the offset where the frames begin. */
function segment(truns: (start: number) => Buffer[], frames: string, ...more: Buffer[]): Buffer {
  const make = (start: number) =>
    box('moof', box('mfhd', '0000000000000001'), box('traf', tfhd, ...truns(start), ...more));
  return Buffer.concat([make(make(0).length + 8), box('mdat', Buffer.from(frames))]);
}

/** A `tfhd` box with all of its optional fields; the default size is 3 bytes. */
const tfhd = box(
  'tfhd',
  flags(0x3b),
  number(1, 4),
  number(0, 8),
  number(1, 4),
  number(512, 4),
  number(3, 4),
  number(0, 4),
);
const framesIn = (bytes: Buffer) =>
  segmentSamples(bytes, encryption).map(({ start, end }) => bytes.toString('latin1', start, end));

describe('the frames of a fragment', () => {
  it('have sizes of their own, among other fields', () => {
    const entry = (size: number) => number(512, 4) + number(size, 4) + number(0, 4) + number(7, 4);
    const trun = (start: number) =>
      box('trun', flags(0xf05), number(2, 4), number(start, 4), number(0, 4), entry(2), entry(5));
    expect(framesIn(segment((start) => [trun(start)], 'abcdefg'))).toEqual(['ab', 'cdefg']);
  });

  it('have the default size, where they have none', () => {
    const trun = (start: number) => box('trun', flags(0x1), number(2, 4), number(start, 4));
    expect(framesIn(segment((start) => [trun(start)], 'abcdef'))).toEqual(['abc', 'def']);
  });

  it('begin where those of the previous run end', () => {
    const truns = (start: number) => [
      box('trun', flags(0x1), number(1, 4), number(start, 4)),
      box('trun', flags(0), number(1, 4)),
    ];
    expect(framesIn(segment(truns, 'abcdef'))).toEqual(['abc', 'def']);
  });

  it('are read from every fragment of a segment', () => {
    const trun = (start: number) => box('trun', flags(0x1), number(1, 4), number(start, 4));
    const one = (frames: string) => segment((start) => [trun(start)], frames);
    expect(framesIn(Buffer.concat([one('abc'), one('xyz')]))).toEqual(['abc', 'xyz']);
  });

  it('have a vector and subsamples each', () => {
    const senc = box(
      'senc',
      flags(0x2),
      number(1, 4),
      number(5, 8),
      number(1, 2),
      number(1, 2),
      number(2, 4),
    );
    const trun = (start: number) => box('trun', flags(0x1), number(1, 4), number(start, 4));
    const bytes = segment((start) => [trun(start)], 'abc', senc);
    const iv = Buffer.from('0000000000000005', 'hex');
    expect(segmentSamples(bytes, encryption)).toEqual([
      {
        start: bytes.length - 3,
        end: bytes.length,
        encryption: { iv, subsamples: [{ clearBytes: 1, protectedBytes: 2 }] },
      },
    ]);
  });

  const clear = segment((start) => [box('trun', flags(0x1), number(1, 4), number(start, 4))], 'abc');

  it('have the vector of the track, where they have none', () => {
    const constantIv = Buffer.alloc(16, 7);
    const [sample] = segmentSamples(clear, { ...encryption, ivBytes: 0, constantIv });
    expect(sample?.encryption).toEqual({ iv: constantIv, subsamples: null });
  });

  it('are in the clear where neither they nor the track have a vector', () => {
    expect(segmentSamples(clear, encryption)).toMatchObject([{ encryption: null }]);
  });

  it.each<[string, Buffer]>([
    [
      'a frame that ends after the segment',
      segment((start) => [box('trun', flags(0x1), number(2, 4), number(start, 4))], 'abc'),
    ],
    ['a fragment without a header', box('moof', box('traf', box('trun', flags(0), number(1, 4))))],
  ])('are refused with %s', (_, bytes) => {
    expect(() => segmentSamples(bytes, encryption)).toThrow(FormatError);
  });
});
