import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hasNoTables } from '@/lib/formats/mp4-files/missing-tables';
import { box } from '@/tests/harness/sample-boxes';
import { tempFolder } from '@/tests/harness/temp-folder';

const ftyp = box('ftyp', Buffer.from('isom'));
const mdat = box('mdat', Buffer.alloc(100));
const moov = box('moov', Buffer.alloc(20));

it.each<[boolean, string, Buffer]>([
  [true, 'samples that are cut off', Buffer.concat([ftyp, mdat]).subarray(0, 60)],
  [true, 'all samples, and nothing after them', Buffer.concat([ftyp, mdat])],
  [false, 'tables at the end', Buffer.concat([ftyp, mdat, moov])],
  [
    false,
    'tables at the start, and samples that are cut off',
    Buffer.concat([ftyp, moov, mdat]).subarray(0, 80),
  ],
  [false, 'other bytes after the first box', Buffer.concat([ftyp, Buffer.alloc(100, 0x55)])],
  [false, 'no boxes', Buffer.from('This is not a video, but a text of some length.')],
  [true, 'a last box without a size', Buffer.concat([ftyp, Buffer.from('\0\0\0\0mdat'), Buffer.alloc(50)])],
  [false, 'nothing', Buffer.alloc(0)],
])('%s: %s', async (expected, _, bytes) => {
  const file = path.join(tempFolder(), 'a.mp4');
  writeFileSync(file, bytes);
  expect(await hasNoTables(file)).toBe(expected);
});
