import { expect, it } from 'vitest';
import { FormatError } from '@/lib/formats/bytes/fields';
import { readTrackFragment } from '@/lib/formats/mp4/fragments';
import { box } from '@/tests/harness/sample-boxes';

const tfhd = (flags = '000000', ...fields: string[]) => box('tfhd', `00${flags}`, '00000001', ...fields);
const read = (...boxes: Buffer[]) => readTrackFragment(Buffer.concat(boxes), { ticks: 7, sizeBytes: 3 });

it('the values of a sample are its own, or those of its fragment, or those of its track', () => {
  const own = box('trun', '00000301', '00000001', '00000064', '00000009', '00000005');
  const none = box('trun', '00000000', '00000001');
  expect(read(tfhd(), own).samples).toEqual([{ offset: 100, sizeBytes: 5, ticks: 9, delayTicks: 0 }]);
  expect(read(tfhd('000018', '00000008', '00000004'), none).samples).toEqual([
    { offset: 0, sizeBytes: 4, ticks: 8, delayTicks: 0 },
  ]);
  expect(read(tfhd(), own, none).samples[1]).toEqual({ offset: 105, sizeBytes: 3, ticks: 7, delayTicks: 0 });
});

it.each([
  ['32 bits', '00000000', '00000005'],
  ['64 bits', '01000000', '0000000000000005'],
])('the first decode time has %s', (_, head, time) => {
  expect(read(tfhd(), box('tfdt', head, time)).firstTicks).toBe(5);
  expect(read(tfhd()).firstTicks).toBeNull();
});

it.each<[string, Buffer[]]>([
  ['without tfhd', [box('trun', '00000000', '00000001')]],
  ['whose tfhd lacks a field that its flags name', [tfhd('000010')]],
  ['with more rows than bytes', [tfhd(), box('trun', '00000200', '7fffffff', '00000001')]],
  ['with more samples without fields than any', [tfhd(), box('trun', '00000000', 'ffffffff')]],
  [
    'with more such samples in several runs',
    [tfhd(), ...Array(11).fill(box('trun', '00000000', '000186a0'))],
  ],
])('a fragment %s is refused', (_, boxes) => {
  expect(() => read(...boxes)).toThrow(FormatError);
});
