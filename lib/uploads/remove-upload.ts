import { rm, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Removes an upload and its metadata; false when it was gone already. */
export async function removeUpload(folder: string, id: string): Promise<boolean> {
  const file = path.join(folder, id);
  const was = await unlink(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  await rm(`${file}.json`, { force: true });
  return was;
}
