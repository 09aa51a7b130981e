import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { removeOrphans } from '@/lib/maintenance/remove-orphans';
import { repair } from '@/lib/maintenance/repair';
import { sampleContext } from '@/tests/support/sample-context';
import { insertJobs } from '@/tests/support/sample-database';
import { sampleProbe } from '@/tests/support/sample-probe';
import { filesBelow } from '@/tests/support/temp-folder';

const key = 'uploads/0123.mp4';
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

function openWithStray() {
  const context = sampleContext();
  const file = path.join(context.settings.STORAGE_DIR, key);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'x');
  const left = () => filesBelow(path.dirname(file));
  return { context, left };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

/** Removes two strays, of which the second changes while the first is removed; returns what is left. */
async function removeBoth(meanwhile: (context: Acting, file: string) => void) {
  const { context, left } = openWithStray();
  const second = path.join(context.settings.STORAGE_DIR, 'uploads/4567.mp4');
  writeFileSync(second, 'x');
  await moment();
  const before = new Date();
  await moment();
  const remove = async (removed: string) => {
    await context.store.remove(removed);
    if (removed === key) meanwhile(context, second);
  };
  const slow = { ...context, store: { ...context.store, remove } };
  expect(await removeOrphans(slow, [key, 'uploads/4567.mp4'], before)).toBe(1);
  return left();
}

it('spares a file that gets its row while others are removed', async () => {
  const left = await removeBoth(({ db }) => {
    const [storageKey, probe] = ['uploads/4567.mp4', sampleProbe()];
    insertVideo(db, { name: 'a.mp4', storageKey, sizeBytes: 1, durationSeconds: 1, probe });
  });
  expect(left).toEqual(['4567.mp4']);
});

it('spares a file that is put again while others are removed', async () => {
  expect(await removeBoth((_, file) => writeFileSync(file, 'y'))).toEqual(['4567.mp4']);
});

it('spares a file that is too new for the doctor beside a running server', async () => {
  const { context, left } = openWithStray();
  const outcome = await repair(context, { kind: 'orphan', key, what: '' }, later(-1));
  expect(outcome).not.toBe('Removed.');
  expect(await left()).toEqual(['0123.mp4']);
});

it('keeps the empty folder of an existing package', async () => {
  const { context } = openWithStray();
  insertJobs(context.db, 1);
  const folder = path.join(context.settings.STORAGE_DIR, 'packages/media-1-0');
  mkdirSync(path.join(folder, 'v1'), { recursive: true });
  expect(await removeOrphans(context, ['packages/media-1-0/v1'], later(1))).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

it('removes a file without a row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(1))).toBe(1);
  expect(await left()).toEqual([]);
});

it('spares a file that got its row since it was found', async () => {
  const { context, left } = openWithStray();
  const probe = sampleProbe();
  insertVideo(context.db, { name: 'a.mp4', storageKey: key, sizeBytes: 1, durationSeconds: 1, probe });
  expect(await removeOrphans(context, [key], later(1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});

it('spares a file that was put again since it was found, and is about to get its row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(-1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});
