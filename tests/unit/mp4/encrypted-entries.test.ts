import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { box } from '@/lib/mp4/boxes';
import { hasEncryptedEntries } from '@/lib/mp4/encrypted-entries';
import { tempFolder } from '@/tests/support/temp-folder';

const entries = (...types: string[]) =>
  box('stsd', Buffer.alloc(8), ...types.map((type) => box(type, Buffer.alloc(78))));
const track = (...types: string[]) =>
  box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('minf', box('stbl', entries(...types)))));
const ftyp = box('ftyp', Buffer.alloc(8));
const mdat = box('mdat', Buffer.alloc(50));

/** A box whose size stands in 64 bits behind its type. */
function long(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1);
  head.write(type, 4, 'latin1');
  head.writeBigUInt64BE(BigInt(content.length + 16), 8);
  return Buffer.concat([head, content]);
}

/** A box that says of its size what is told. */
function says(sizeBytes: number, whole: Buffer): Buffer {
  const changed = Buffer.from(whole);
  changed.writeUInt32BE(sizeBytes);
  return changed;
}

const clear = box('moov', track('avc1'), track('mp4a'));
const sound = box('moov', track('avc1'), track('enca'));

it.each<[string, Buffer[], boolean]>([
  ['clear', [ftyp, clear, mdat], false],
  ['encrypted sound', [ftyp, sound, mdat], true],
  ['encrypted pictures', [ftyp, box('moov', track('encv')), mdat], true],
  ['a clear entry before the encrypted one', [ftyp, box('moov', track('avc1', 'encv')), mdat], true],
  ['tables at the end', [ftyp, mdat, sound], true],
  ['samples of a 64-bit size before the tables', [ftyp, long('mdat', Buffer.alloc(50)), sound], true],
  ['tables that reach to the end', [ftyp, mdat, says(0, sound)], true],
  ['tables that are longer than the file', [ftyp, mdat, says(0xffffffff, sound)], true],
  ['a box that is shorter than its head', [ftyp, says(7, mdat), sound], false],
  ['a 64-bit size below its head', [ftyp, says(1, mdat), sound], false],
  ['nothing', [], false],
  ['less than a head', [Buffer.from('encv')], false],
  ['a head without its 64-bit size', [says(1, box('moov'))], false],
  ['the word among the samples', [ftyp, box('mdat', Buffer.from('....encvenca')), clear], false],
  ['more boxes than any video', [...Array.from({ length: 10_001 }, () => box('free')), sound], false],
])('%s', async (_, boxes, expected) => {
  const file = path.join(tempFolder(), 'x.mp4');
  await writeFile(file, Buffer.concat(boxes));
  expect(await hasEncryptedEntries(file)).toBe(expected);
});
