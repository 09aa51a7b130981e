import { chmod, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/base/errors';
import { isOwnPlainFile, openPlainFile } from '@/lib/storage/plain-file';

/** The files that a tool is asked to write, and the folder that they go into. */
export interface RequestedFiles {
  into: string;
  /** A missing one is no error here. */
  names: readonly string[];
  /** Files whose number the tool decides. */
  numbered?: RegExp | undefined;
  /** Whether files of a failed run are usable as well. */
  keepsPart?: boolean;
}

const mark = Symbol('outbox');

/** A new folder, the only place that a tool may write into; only `withOutbox` makes one. */
export interface Outbox {
  readonly [mark]: true;
  readonly folder: string;
}

/**
 * Runs a tool that writes into a new folder, moves the requested files to their place, and removes the
 * folder. A tool reads files from outside, so it may be compromised: its output is not trusted. Each file
 * must be a regular one, of this user, with one name; it is opened without following links, moved to where no
 * tool writes, and must still be the same there.
 * @throws AppError `tool-output-refused` when anything else is in the folder; otherwise as `run`
 */
export async function withOutbox<Result>(
  requested: RequestedFiles,
  run: (outbox: Outbox) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(`${requested.into}-`);
  try {
    const result = await run({ [mark]: true, folder }).catch(async (error: unknown) => {
      if (requested.keepsPart && isToolFailure(error)) await takeOver(folder, requested);
      throw error;
    });
    await takeOver(folder, requested);
    return result;
  } finally {
    await removeAll(folder);
  }
}

const isToolFailure = (error: unknown) => error instanceof AppError && error.code === 'tool-failed';

async function takeOver(outbox: string, { into, names, numbered }: RequestedFiles): Promise<void> {
  const made = await readdir(outbox);
  const isRequested = (name: string) => names.includes(name) || numbered?.test(name) === true;
  // The tool chose its name: it is not repeated.
  if (!made.every(isRequested)) throw refused('a file that was not requested');
  for (const name of made) await takeFile(path.join(outbox, name), path.join(into, name));
}

async function takeFile(from: string, to: string): Promise<void> {
  const name = path.basename(to);
  // Other things are not even opened: opening a device can have effects.
  if (!(await lstat(from)).isFile()) throw refused(`something named ${name} that is not a regular file`);
  const handle = await openPlainFile(from).catch((cause: unknown) => {
    throw refused(`a file named ${name} that cannot be opened`, cause);
  });
  try {
    const opened = await handle.stat({ bigint: true });
    if (!isOwnPlainFile(opened)) throw refused(`a file named ${name} with another owner or other hard links`);
    await handle.chmod(0o600);
    await rename(from, to);
    const moved = await lstat(to, { bigint: true });
    if (moved.ino === opened.ino && moved.dev === opened.dev && isOwnPlainFile(moved)) return;
    await rm(to, { recursive: true, force: true });
    throw refused(`a file named ${name} that changed meanwhile`);
  } finally {
    await handle.close();
  }
}

const refused = (what: string, cause?: unknown) =>
  new AppError(
    'tool-output-refused',
    `A tool left ${what}, so none of its output is used. Check that FFmpeg and Shaka Packager are genuine.`,
    { cause },
  );

/** Removes a folder, even one in which the tool has locked folders. */
async function removeAll(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    await unlock(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await unlock(path.join(folder, entry.name));
}
