import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BlockWriter } from '@/lib/storage/write-behind';
import { tempFolder } from '@/tests/harness/temp-folder';

const blocks = new BlockWriter();
const at = () => path.join(tempFolder(), 'file');
const pieces = (count: number) => Array.from({ length: count }, (_, i) => Buffer.alloc(1_000_003, i));

it('writes all input, far more than may wait', async () => {
  const file = at();
  await pipeline(Readable.from(pieces(40)), blocks.open(file));
  expect(readFileSync(file).equals(Buffer.concat(pieces(40)))).toBe(true);
});

/** A stream into a pipe without a reader: nothing can be written before `let` is called. */
function heldBack() {
  const pipe = at();
  execFileSync('mkfifo', [pipe]);
  const stream = blocks.open(pipe);
  return { stream, let: () => createReadStream(pipe).resume() };
}

/** Writes pieces of a megabyte, and returns how many were taken while nothing reached the disk. */
async function takenBy({ stream, let: go }: ReturnType<typeof heldBack>): Promise<number> {
  let taken = 0;
  for (const piece of pieces(30)) stream.write(piece, () => (taken += 1));
  for (let turns = 0; turns < 100; turns += 1) await setImmediate();
  const before = taken;
  go();
  stream.end();
  await finished(stream);
  expect(taken).toBe(30);
  return before;
}

it('takes eight megabytes without waiting for the disk, and then waits', async () => {
  expect(await takenBy(heldBack())).toBe(8);
});

it('takes less where many files are written at once', async () => {
  const others = Array.from({ length: 15 }, () => blocks.open('/dev/null'));
  expect(await takenBy(heldBack())).toBe(2);
  for (const other of others) other.end();
  await Promise.all(others.map((other) => finished(other)));
  expect(await takenBy(heldBack())).toBe(8);
});

it('yields to other work between two blocks', async () => {
  const stream = blocks.open('/dev/null');
  const order: string[] = [];
  const turn = () => order.push('other') < 30 && globalThis.setImmediate(turn);
  turn();
  for (const piece of pieces(4)) stream.write(piece, () => order.push('piece'));
  await finished(stream.end());
  expect(order.join(' ')).not.toContain('piece piece');
});

it('copies its input, whose memory may be reused', async () => {
  const file = at();
  const stream = blocks.open(file);
  const memory = Buffer.alloc(100_000);
  for (let i = 0; i < 20; i += 1)
    await new Promise<void>((done) => void stream.write(memory.fill(i), () => done()));
  memory.fill(99);
  stream.end();
  await finished(stream);
  expect(
    readFileSync(file).equals(Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(100_000, i)))),
  ).toBe(true);
});

it('fails with the error of its file', async () => {
  const stream = blocks.open(path.join(tempFolder(), 'missing', 'file'));
  for (const piece of pieces(20)) stream.write(piece);
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('fails with the error of a full disk, also when all input was taken before', async () => {
  const stream = blocks.open('/dev/full');
  for (const piece of pieces(3)) stream.write(piece);
  stream.end();
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ENOSPC' });
});

it('can be destroyed', async () => {
  const stream = blocks.open(at());
  for (const piece of pieces(20)) stream.write(piece);
  stream.destroy();
  await expect(finished(stream)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});
