import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  databaseFile,
  incomingFolder,
  masterKeyFile,
  prepareFolders,
  workFolder,
} from '@/lib/storage/folders';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

it('removes what a dead server received, and nothing else', async () => {
  const root = tempFolder();
  const received = path.join(incomingFolder(root), 'a', 'b');
  const ofWorker = path.join(workFolder(root), 'some-process', 'jobs', 'c');
  const kept = [databaseFile(root), masterKeyFile(root), path.join(root, 'uploads', 'd.mp4'), ofWorker];
  for (const file of [received, ...kept]) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'x');
  }
  await prepareFolders(root);
  const names = kept.map((file) => path.relative(root, file));
  expect(await filesBelow(root)).toEqual(names.toSorted());
});

it('makes folders that only their owner can read', async () => {
  const root = tempFolder();
  mkdirSync(path.join(root, 'uploads'), { mode: 0o755 });
  await prepareFolders(root);
  const ofStore = ['uploads', 'texts', 'posters', 'packages'].map((name) => path.join(root, name));
  for (const folder of [incomingFolder(root), workFolder(root), ...ofStore])
    expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('opens packages and posters to the group where nginx serves them', async () => {
  const root = tempFolder();
  await prepareFolders(root, true);
  const modes = ['uploads', 'texts', 'posters', 'packages', 'work'].map((name) =>
    (statSync(path.join(root, name)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['700', '700', '750', '750', '700']);
});

it('does not follow a link', async () => {
  const [root, elsewhere] = [tempFolder(), tempFolder()];
  symlinkSync(elsewhere, path.join(root, 'packages'));
  const refused = { code: 'setting-invalid', field: 'STORAGE_DIR' };
  await expect(prepareFolders(root)).rejects.toMatchObject(refused);
});
