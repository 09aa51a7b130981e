import { describe, expect, it } from 'vitest';
import { readEncryption, readSegments } from '@/lib/verify/track-ends';
import { box, encryptedEntry, initSegment, segmentIndex } from '@/tests/harness/sample-boxes';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';
const failed = expect.objectContaining({ code: 'verify-failed' });

describe('the encryption of a track', () => {
  it.each([
    ['video, cenc', 'encv', 'cenc'],
    ['video, cbcs', 'encv', 'cbcs'],
    ['audio, cenc', 'enca', 'cenc'],
    ['audio, cbcs', 'enca', 'cbcs'],
  ] as const)('%s', (_, entry, scheme) => {
    expect(readEncryption(initSegment(encryptedEntry({ entry, scheme, kidHex })))).toMatchObject({
      scheme,
      kidHex,
    });
  });

  it('is found after other boxes and other tracks', () => {
    const other = box(
      'trak',
      box('tkhd', Buffer.alloc(84)),
      box('mdia', box('minf', box('stbl', box('stts')))),
    );
    const init = initSegment(encryptedEntry({ kidHex }));
    const moov = init.subarray(12);
    const both = box('moov', other, moov.subarray(8));
    expect(readEncryption(Buffer.concat([box('free', Buffer.alloc(3)), both]))).toMatchObject({
      scheme: 'cenc',
      kidHex,
    });
  });

  it.each<[string, Buffer]>([
    ['a clear video entry', initSegment(box('avc1', Buffer.alloc(78), box('avcC', '01')))],
    ['an encrypted entry without sinf', initSegment(box('encv', Buffer.alloc(78)))],
    ['isProtected of 0', initSegment(encryptedEntry({ kidHex, isProtected: false }))],
    ['no sample entry', initSegment()],
    ['no moov', box('ftyp', Buffer.from('isom'))],
    ['nothing', Buffer.alloc(0)],
    ['a box without a size', Buffer.alloc(64)],
    ['garbage', Buffer.from('ffffffff6d6f6f76ffffffffffff', 'hex')],
  ])('is not found in %s', (_, init) => {
    expect(() => readEncryption(init)).toThrow(failed);
  });
});

describe('the segments that an index lists', () => {
  it.each<[string, 0 | 1, number[]]>([
    ['three', 0, [123_835, 128_654, 59_411]],
    ['three, times of 64 bits', 1, [123_835, 128_654, 59_411]],
    ['one', 0, [1]],
    ['none', 0, []],
    ['the largest that there may be', 0, [0x7fffffff]],
    ['many', 1, Array.from({ length: 2000 }, (_, i) => i + 1)],
  ])('%s', (_, version, sizes) => {
    expect(readSegments(segmentIndex(version, sizes))).toEqual(
      sizes.map((sizeBytes, i) => ({ sizeBytes, startSeconds: 4 * i, seconds: 4 })),
    );
  });

  it.each([0, 1] as const)('begin where the first one does: times of version %d', (version) => {
    const starts = readSegments(segmentIndex(version, [1, 2, 3], 63_000)).map(
      ({ startSeconds }) => startSeconds,
    );
    expect(starts).toEqual([0.7, 4.7, 8.7]);
  });

  it('have sizes without the bit that marks an index of indexes', () => {
    const [segment] = readSegments(segmentIndex(0, [(0x80000000 | 500) >>> 0]));
    expect(segment?.sizeBytes).toBe(500);
  });

  it.each<[string, Buffer]>([
    ['another box', box('moof', Buffer.alloc(40))],
    ['nothing', Buffer.alloc(0)],
  ])('are not found in %s', (_, index) => {
    expect(() => readSegments(index)).toThrow(failed);
  });
});
