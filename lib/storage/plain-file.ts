import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Does not follow a link, nor wait for the other end of a FIFO (open(2)). */
const plainFlags = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** For streams, which take flags as a number. */
export const readPlainFlags = constants.O_RDONLY | plainFlags;

/** Thrown for anything but a regular file or a folder; `code` is Node.js's code for links. */
export class NotPlainError extends Error {
  readonly code = 'ELOOP';
}

/**
 * Opens a regular file to read, or to change in place; refuses links, folders, FIFOs and devices.
 * @throws NotPlainError; the system's error when it cannot be opened (`ELOOP` for a link)
 */
export async function openPlainFile(file: string, use: 'read' | 'change' = 'read'): Promise<FileHandle> {
  const access = use === 'read' ? constants.O_RDONLY : constants.O_RDWR;
  const handle = await open(file, access | plainFlags);
  try {
    if ((await handle.stat()).isFile()) return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  throw new NotPlainError(`"${file}" is not a regular file.`);
}

/** Whether this is a regular file of this user with one name, as tools make them. */
export function isOwnPlainFile(found: BigIntStats): boolean {
  const user = process.geteuid?.();
  return found.isFile() && found.nlink === 1n && (user === undefined || found.uid === BigInt(user));
}
