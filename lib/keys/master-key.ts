import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { AppError } from '@/lib/base/errors';

const masterKeyBytes = 32;

/**
 * Reads the master key (64 hexadecimal digits) from its file. When there is none, creates it, readable by its
 * owner only, unless `isNeeded`: a new master key could not unwrap the keys of existing packages. The
 * database without this file reveals no content key.
 * @throws AppError `setting-invalid` when the file holds something else, is readable by others, or is needed
 * and missing
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
    return readPrivate(file);
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

function readPrivate(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const mode = fstatSync(handle).mode & 0o777;
    // Windows has no such permissions.
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') throw readable(file, mode);
    return readFileSync(handle, 'utf8').trim();
  } finally {
    closeSync(handle);
  }
}

function readable(file: string, mode: number): AppError {
  const message = `Other users of this machine can read the master key file "${file}" (mode ${mode.toString(8)}). Remove their access, then start again: chmod 600 "${file}"`;
  return new AppError('setting-invalid', message, { field: 'MASTER_KEY_FILE' });
}

function lost(file: string): AppError {
  const message = `The master key file "${file}" is missing, and there are packages that need it. Restore it from your backup.`;
  return new AppError('setting-invalid', message, { field: 'MASTER_KEY_FILE' });
}
