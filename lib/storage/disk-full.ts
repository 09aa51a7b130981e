import { statfs } from 'node:fs/promises';
import { AppError } from '@/lib/errors';

/**
 * How Node.js and SQLite call a full disk, by the error's code. SQLite grows the index of its log before it writes there
 * (SHMSIZE).
 */
const codes = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];

/** Below this, what failed beside the disk may have failed of it: a tool that got half its file does not say why. */
const nothingLeftBytes = 256 * 1024;

/** What a full disk is answered with, before a body is read or after. */
export function diskFull(cause?: unknown): AppError {
  return new AppError(
    'disk-full',
    'The server has no room for this. Delete what is not needed there, then try again.',
    { cause },
  );
}

/** Whether an error, or one that it came of, tells of a full disk. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as NodeJS.ErrnoException;
  return code === 'disk-full' || codes.includes(code ?? '') || isDiskFull(cause);
}

/** The error as `disk-full` where it tells of a full disk, else as it is. */
export function orDiskFull(error: unknown): unknown {
  if (error instanceof AppError && error.code === 'disk-full') return error;
  return isDiskFull(error) ? diskFull(error) : error;
}

/** The same for work in a folder, which fails in other words too while nothing is left on its disk. */
export async function orDiskFullAt(folder: string, error: unknown): Promise<unknown> {
  const told = orDiskFull(error);
  if (told !== error || isDiskFull(error)) return told;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < nothingLeftBytes ? diskFull(error) : error;
}
