import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Never through a link, and without waiting for the other end of a FIFO (open(2)). */
const plainFlags = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** For streams, which take the flags as a number. */
export const readPlainFlags = constants.O_RDONLY | plainFlags;

/** Thrown where something else than a regular file or a folder stands; `code` as Node.js names it for links. */
export class NotPlainError extends Error {
  readonly code = 'ELOOP';
}

/**
 * Opens a regular file to read, or to change in place; nothing else: no link, folder, FIFO or device.
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

/** Whether this is a regular file of this user with one name: what a tool made, and nothing of somebody else's. */
export function isOwnPlainFile(found: BigIntStats): boolean {
  const user = process.geteuid?.();
  return found.isFile() && found.nlink === 1n && (user === undefined || found.uid === BigInt(user));
}
