import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { writeBehind } from '@/lib/storage/write-behind';
import { tempFolder } from '@/tests/support/temp-folder';

const at = () => path.join(tempFolder(), 'file');
const pieces = (count: number) => Array.from({ length: count }, (_, i) => Buffer.alloc(1_000_003, i));

it('writes all that comes, far more than may wait', async () => {
  const file = at();
  await pipeline(Readable.from(pieces(40)), writeBehind(file));
  expect(readFileSync(file).equals(Buffer.concat(pieces(40)))).toBe(true);
});

it('takes some without a wait for the disk, and then waits', async () => {
  const stream = writeBehind(at());
  let taken = 0;
  for (const piece of pieces(30)) stream.write(piece, () => (taken += 1));
  await new Promise(process.nextTick);
  expect(taken).toBeGreaterThan(4);
  expect(taken).toBeLessThan(30);
  stream.end();
  await finished(stream);
  expect(taken).toBe(30);
});

it('ends with the fault of its file', async () => {
  const stream = writeBehind(path.join(tempFolder(), 'missing', 'file'));
  for (const piece of pieces(20)) stream.write(piece);
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('ends with the fault of a disk that is full, also when all was handed over before', async () => {
  const stream = writeBehind('/dev/full');
  for (const piece of pieces(3)) stream.write(piece);
  stream.end();
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ENOSPC' });
});

it('can be broken off', async () => {
  const stream = writeBehind(at());
  for (const piece of pieces(20)) stream.write(piece);
  stream.destroy();
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});
