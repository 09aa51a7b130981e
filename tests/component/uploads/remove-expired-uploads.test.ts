import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { resumableFolder } from '@/lib/storage/folders';
import { removeExpiredUploads } from '@/lib/uploads/remove-expired-uploads';
import { uploadLifeMs } from '@/lib/uploads/resumable-store';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

/** A storage folder with files of these ages, in milliseconds. */
function storageWith(ages: Record<string, number>): string {
  const root = tempFolder();
  mkdirSync(resumableFolder(root));
  for (const [name, ageMs] of Object.entries(ages)) {
    const file = path.join(resumableFolder(root), name);
    writeFileSync(file, 'x');
    const at = new Date(Date.now() - ageMs);
    utimesSync(file, at, at);
  }
  return root;
}

const left = (root: string) => filesBelow(resumableFolder(root));
const minute = 60_000;

it('removes uploads a day after their last byte, and keeps old ones that still receive bytes', async () => {
  const root = storageWith({
    old: uploadLifeMs + minute,
    'old.json': uploadLifeMs + minute,
    slow: minute,
    'slow.json': 3 * uploadLifeMs,
    young: uploadLifeMs - minute,
    'young.json': uploadLifeMs - minute,
  });
  expect(await removeExpiredUploads(root)).toBe(1);
  expect(await left(root)).toEqual(['slow', 'slow.json', 'young', 'young.json']);
});

it('removes the halves of uploads that a crash has left', async () => {
  const root = storageWith({ data: 2 * uploadLifeMs, 'info.json': 2 * uploadLifeMs });
  expect(await removeExpiredUploads(root)).toBe(2);
  expect(await left(root)).toEqual([]);
});

it('uses the given lifetime', async () => {
  const root = storageWith({ a: 2 * minute, 'a.json': 2 * minute });
  expect(await removeExpiredUploads(root, 3 * minute)).toBe(0);
  expect(await removeExpiredUploads(root, minute)).toBe(1);
});
