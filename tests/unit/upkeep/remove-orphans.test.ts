import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { insertVideo } from '@/db/queries/videos';
import { removeOrphans } from '@/lib/upkeep/remove-orphans';
import { sampleContext } from '@/tests/support/sample-context';
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

it('removes what has no row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(1))).toBe(1);
  expect(await left()).toEqual([]);
});

it('spares what got its row since it was found', async () => {
  const { context, left } = openWithStray();
  const probe = sampleProbe();
  insertVideo(context.db, { name: 'a.mp4', storageKey: key, sizeBytes: 1, durationSeconds: 1, probe });
  expect(await removeOrphans(context, [key], later(1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});

it('spares what was put again since it was found, and is about to get its row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(-1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});
