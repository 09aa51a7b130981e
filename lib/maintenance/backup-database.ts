import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkDatabase, copyDatabase } from '@/db/sqlite/copy-database';
import { AppError } from '@/lib/base/errors';
import { syncToDisk } from '@/lib/storage/sync-to-disk';

/**
 * Writes a consistent copy of the database, as of one moment, to a new file while the server runs.
 * @throws AppError `backup-failed` when the file exists, or the copy is damaged
 */
export async function backupDatabase(databaseFile: string, target: string): Promise<void> {
  if (!existsSync(databaseFile))
    throw new AppError('backup-failed', `There is no database at "${databaseFile}". Is STORAGE_DIR right?`);
  if (existsSync(target)) throw new AppError('backup-failed', `"${target}" already exists. Name a new file.`);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    // SQLite writes into an empty file: this one is private to its user from the first byte on, and not
    // behind a link.
    await writeFile(unfinished, '', { flag: 'wx', mode: 0o600 }).catch(notWritable(target));
    copyTo(databaseFile, unfinished);
    await syncToDisk(unfinished);
    await rename(unfinished, target);
    await syncToDisk(path.dirname(target));
  } finally {
    await rm(unfinished, { force: true });
  }
}

const notWritable = (target: string) => (cause: unknown) => {
  const message = `The copy could not be written to "${path.dirname(target)}". Check its free space and its permissions.`;
  throw new AppError('backup-failed', message, { cause });
};

function copyTo(file: string, target: string): void {
  try {
    copyDatabase(file, target);
  } catch (error) {
    notWritable(target)(error);
  }
  const result = checkDatabase(target);
  if (result !== 'ok') throw new AppError('backup-failed', `The copy is damaged: ${result}`);
}
