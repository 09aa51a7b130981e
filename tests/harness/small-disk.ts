import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder';

/** A separate disk that a test may fill. */
export interface SmallDisk {
  folder: string;
  freeBytes(): number;
  /** Takes all that is free, as another program would. */
  fill(): void;
  /** Takes a number of bytes. */
  take(bytes: number): void;
  /** Gives back what was taken. */
  empty(): void;
  unmount(): void;
}

const block = Buffer.alloc(1024 * 1024);

/** Mounts a small file system in memory; null where this machine does not allow that. */
export function mountSmallDisk(sizeBytes: number): SmallDisk | null {
  const folder = makeFolder();
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'cenclave-small-disk', folder];
    execFileSync('mount', options, { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const filler = path.join(folder, 'filler');
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  const take = (bytes: number) => append(filler, bytes);
  return {
    folder,
    freeBytes,
    take,
    fill: () => take(freeBytes()),
    empty: () => rmSync(filler, { force: true }),
    unmount() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Appends a number of bytes to a file, or as many as the disk takes. */
function append(file: string, bytes: number): void {
  const handle = openSync(file, 'a');
  try {
    for (let left = bytes; left > 0; ) left -= writeSync(handle, block, 0, Math.min(left, block.length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(handle);
  }
}
