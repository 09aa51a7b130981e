// @ts-check
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';

const GiB = 1024 ** 3;
const neededBytes = GiB;

/**
 * Makes sure that the storage folder exists, can be written and has room for a first video.
 * @param {string} storageDir
 */
export function checkDiskSpace(storageDir) {
  const freeBytes = freeSpace(storageDir);
  if (freeBytes < neededBytes) throw new PlainError(tooLittleSpace(storageDir, freeBytes));
  const probe = path.join(storageDir, `.write-test-${process.pid}`);
  try {
    // Permission bits are not enough (root, read-only mounts): only a write shows whether it works.
    writeFileSync(probe, 'x');
  } catch (error) {
    throw new PlainError(notWritable(storageDir, error));
  } finally {
    rmSync(probe, { force: true });
  }
}

/** @param {string} storageDir */
function freeSpace(storageDir) {
  try {
    mkdirSync(storageDir, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(storageDir);
    return bavail * bsize;
  } catch (error) {
    throw new PlainError(notWritable(storageDir, error));
  }
}

/**
 * @param {string} storageDir
 * @param {number} freeBytes
 */
function tooLittleSpace(storageDir, freeBytes) {
  const free = (freeBytes / GiB).toFixed(2);
  return `Only ${free} GiB are free in ${storageDir}; at least 1 GiB is needed. Free some space, or set STORAGE_DIR.`;
}

/**
 * @param {string} storageDir
 * @param {unknown} error
 */
function notWritable(storageDir, error) {
  const reason = error instanceof Error && 'code' in error ? error.code : error;
  return `The storage folder ${storageDir} can't be written (${reason}). Correct its permissions, or set STORAGE_DIR.`;
}
