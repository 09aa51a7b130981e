import { expect, it } from 'vitest';
import { readInput } from '@/lib/http/field';
import { idParams, parseId } from '@/lib/http/ids';

const readers = [parseId, (text: string) => readInput(idParams, { id: text }).id];

it.each([
  ['1', 1],
  ['42', 42],
  ['999999999999999', 999_999_999_999_999],
])('%j is an id', (text, id) => {
  for (const read of readers) expect(read(text)).toBe(id);
});

// biome-ignore format: a table
it.each([
  '', '0', '-1', '01', '1.5', '1e3', '0x10', ' 1', '1 ', '1\n', '+1', 'abc', 'NaN', '1000000000000000', '９', '1,2', '../1', "1' OR '1'='1",
])('%j is not an id', (text) => {
  for (const read of readers)
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'id-not-number', field: 'id' }));
});

it('quotes only the beginning of its input', () => {
  const message = `"${'x'.repeat(40)}" is not an id; ids are whole numbers.`;
  for (const read of readers)
    expect(() => read('x'.repeat(4000))).toThrow(expect.objectContaining({ message }));
});
