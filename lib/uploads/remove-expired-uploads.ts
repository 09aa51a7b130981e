import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { resumableFolder } from '@/lib/storage/folders';
import { uploadLifeMs } from './resumable-store';

/** Removes the uploads that have received no byte for a day (or for `lifeMs`), and returns their number. */
export async function removeExpiredUploads(root: string, lifeMs = uploadLifeMs): Promise<number> {
  const folder = resumableFolder(root);
  const names = await readdir(folder);
  const oldest = Date.now() - lifeMs;
  let removed = 0;
  for (const id of new Set(names.map((name) => path.parse(name).name))) {
    const files = [path.join(folder, id), path.join(folder, `${id}.json`)];
    if ((await lastChangeMs(files)) > oldest) continue;
    for (const file of files) await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

/** When one of these files was last written; 0 if both are gone. */
async function lastChangeMs(files: string[]): Promise<number> {
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
