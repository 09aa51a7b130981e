import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { AppError } from '@/lib/errors';

const masterKeyBytes = 32;

/**
 * Reads the master key (64 hexadecimal digits) from its file; makes the file, readable by its owner only, when there is
 * none, unless `isNeeded`: keys that were wrapped before could never be opened with a new one. Whoever has the database but not this file has no content key.
 * @throws AppError `setting-invalid` when the file holds something else, or is needed and missing
 */
export function loadMasterKey(file: string, isNeeded: boolean): Buffer {
  const text = readOrCreate(file, isNeeded);
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    const message = `The master key file "${file}" must hold 64 hexadecimal digits. Restore it from your backup.`;
    throw new AppError('setting-invalid', message, { field: 'MASTER_KEY_FILE' });
  }
  return Buffer.from(text, 'hex');
}

function readOrCreate(file: string, isNeeded: boolean): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (isNeeded) throw lost(file);
  }
  const hex = randomBytes(masterKeyBytes).toString('hex');
  const handle = openSync(file, 'wx', 0o600);
  writeSync(handle, `${hex}\n`);
  fsyncSync(handle);
  closeSync(handle);
  return hex;
}

function lost(file: string): AppError {
  const message = `The master key file "${file}" is missing, and there are packages that need it. Restore it from your backup.`;
  return new AppError('setting-invalid', message, { field: 'MASTER_KEY_FILE' });
}
