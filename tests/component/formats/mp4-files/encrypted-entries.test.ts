import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { box } from '@/lib/formats/mp4/write-boxes';
import { hasEncryptedEntries } from '@/lib/formats/mp4-files/encrypted-entries';
import { tempFolder } from '@/tests/harness/temp-folder';

const entries = (...types: string[]) =>
  box('stsd', Buffer.alloc(8), ...types.map((type) => box(type, Buffer.alloc(78))));
const track = (...types: string[]) =>
  box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('minf', box('stbl', entries(...types)))));
const ftyp = box('ftyp', Buffer.alloc(8));
const mdat = box('mdat', Buffer.alloc(50));

/** A box with a 64-bit size after its type. */
function long(type: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1);
  header.write(type, 4, 'latin1');
  header.writeBigUInt64BE(BigInt(content.length + 16), 8);
  return Buffer.concat([header, content]);
}

/** The box `whole` with `sizeBytes` in its size field. */
function withSize(sizeBytes: number, whole: Uint8Array): Uint8Array {
  const changed = Buffer.from(whole);
  changed.writeUInt32BE(sizeBytes);
  return changed;
}

const clear = box('moov', track('avc1'), track('mp4a'));
const encryptedAudio = box('moov', track('avc1'), track('enca'));

it.each<[string, Uint8Array[], boolean]>([
  ['clear', [ftyp, clear, mdat], false],
  ['encrypted audio', [ftyp, encryptedAudio, mdat], true],
  ['encrypted video', [ftyp, box('moov', track('encv')), mdat], true],
  ['a clear entry before the encrypted one', [ftyp, box('moov', track('avc1', 'encv')), mdat], true],
  ['tables at the end', [ftyp, mdat, encryptedAudio], true],
  [
    'samples of a 64-bit size before the tables',
    [ftyp, long('mdat', Buffer.alloc(50)), encryptedAudio],
    true,
  ],
  ['tables that reach to the end', [ftyp, mdat, withSize(0, encryptedAudio)], true],
  ['tables that are longer than the file', [ftyp, mdat, withSize(0xffffffff, encryptedAudio)], true],
  ['a box that is shorter than its header', [ftyp, withSize(7, mdat), encryptedAudio], false],
  ['a 64-bit size below that of its header', [ftyp, withSize(1, mdat), encryptedAudio], false],
  ['nothing', [], false],
  ['less than a header', [Buffer.from('encv')], false],
  ['a header without its 64-bit size', [withSize(1, box('moov'))], false],
  ['the box types among the samples', [ftyp, box('mdat', Buffer.from('....encvenca')), clear], false],
  [
    'more boxes than any video',
    [...Array.from({ length: 10_001 }, () => box('free')), encryptedAudio],
    false,
  ],
])('%s', async (_, boxes, expected) => {
  const file = path.join(tempFolder(), 'x.mp4');
  await writeFile(file, Buffer.concat(boxes));
  expect(await hasEncryptedEntries(file)).toBe(expected);
});
