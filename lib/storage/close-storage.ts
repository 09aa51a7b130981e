import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { databaseFile, instanceLockFile } from './folders';

/**
 * The mode of the storage folder: private to its owner; with a web server in front, its group may pass
 * through to the files that it serves.
 */
const rootMode = (isShared: boolean) => (isShared ? 0o710 : 0o700);

/**
 * Removes the rights of others from the storage folder and its database, whoever created them: the folder of
 * a checkout is open to all. SQLite gives its log the permissions of the database.
 */
export function closeStorage(root: string, isShared: boolean): void {
  tighten(root, rootMode(isShared));
  // A folder that was private before X_ACCEL_PREFIX was set.
  if (isShared && (statSync(root).mode & 0o010) === 0) setMode(root, rootMode(isShared));
  // Created here, so that it is private from its first byte on.
  closeSync(openSync(databaseFile(root), 'a', 0o600));
  for (const file of privateFiles(root)) tighten(file, 0o600);
}

/**
 * A sentence for each place that others may still reach, on disks whose permissions cannot be changed here.
 */
export function exposedPaths(root: string, isShared: boolean): string[] {
  const places = [
    [root, rootMode(isShared)] as const,
    ...privateFiles(root).map((file) => [file, 0o600] as const),
  ];
  return places
    .filter(([place, mode]) => !isWithin(place, mode))
    .map(
      ([place, mode]) =>
        `Other users of this machine can access "${place}". Make the user that runs Cenclave its owner, then: chmod ${mode.toString(8)} "${place}"`,
    );
}

const privateFiles = (root: string) => {
  const database = databaseFile(root);
  return [database, `${database}-wal`, `${database}-shm`, instanceLockFile(root)].filter(existsSync);
};

/** Windows has no such permissions. */
function isWithin(place: string, mode: number): boolean {
  // SQLite may have removed its log meanwhile.
  const found = statSync(place, { throwIfNoEntry: false });
  return process.platform === 'win32' || !found || (found.mode & 0o777 & ~mode) === 0;
}

function tighten(place: string, mode: number): void {
  if (!isWithin(place, mode)) setMode(place, mode);
}

function setMode(place: string, mode: number): void {
  try {
    chmodSync(place, mode);
  } catch (error) {
    // It belongs to somebody else, or the disk has no permissions: exposedPaths reports it.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'ENOTSUP', 'EROFS', 'ENOENT'].includes(code)) throw error;
  }
}
