import { statfs } from 'node:fs/promises';
import { AppError } from '@/lib/base/errors';

/**
 * The codes with which Node.js and SQLite report a full disk. SQLite grows the index of its log before it
 * writes there (SHMSIZE).
 */
const codes = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];

/**
 * Below this much free space, an error counts as a full disk: a tool that wrote half its file does not say
 * why.
 */
const nothingLeftBytes = 256 * 1024;

/** The error for a full disk, before a body is read or after. */
export function diskFull(cause?: unknown): AppError {
  return new AppError(
    'disk-full',
    'The server does not have enough disk space for this. Free some, then try again.',
    { cause },
  );
}

/** Whether an error, or one of its causes, reports a full disk. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as NodeJS.ErrnoException;
  return code === 'disk-full' || codes.includes(code ?? '') || isDiskFull(cause);
}

/** The error as `disk-full` where it reports a full disk, else unchanged. */
export function orDiskFull(error: unknown): unknown {
  if (error instanceof AppError && error.code === 'disk-full') return error;
  return isDiskFull(error) ? diskFull(error) : error;
}

/** As orDiskFull, for work in a folder: other errors count too while its disk is full. */
export async function orDiskFullAt(folder: string, error: unknown): Promise<unknown> {
  const known = orDiskFull(error);
  if (known !== error || isDiskFull(error)) return known;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < nothingLeftBytes ? diskFull(error) : error;
}
