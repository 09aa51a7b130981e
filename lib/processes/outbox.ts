import { chmod, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { isOwnPlainFile, openPlainFile } from '@/lib/storage/plain-file';

/** The files that a tool is asked to make, and the folder that they go into. */
export interface RequestedFiles {
  into: string;
  /** One that is not made is no error here. */
  names: readonly string[];
  /** Files of which the tool decides how many there are. */
  numbered?: RegExp | undefined;
  /** Whether files of a run that failed are of use as well. */
  keepsPart?: boolean;
}

const mark = Symbol('outbox');

/** A new folder, the only place that a tool may write into; made by `withOutbox` alone. */
export interface Outbox {
  readonly [mark]: true;
  readonly folder: string;
}

/**
 * Runs a tool that writes files into a folder of its own, and takes over those that it was asked for; the folder is
 * removed. A tool reads files from outside, so it may have been taken over itself: what it leaves is not trusted. Each
 * file must be a regular one, of this user, with one name; it is opened without following links, moved to where no tool
 * writes, and must still be the same there.
 * @throws AppError `tool-output-refused` when anything else is in the folder; what `run` throws
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
  // Its name is the tool's choice: it is not repeated.
  if (!made.every(isRequested)) throw refused('a file that was not requested');
  for (const name of made) await takeFile(path.join(outbox, name), path.join(into, name));
}

async function takeFile(from: string, to: string): Promise<void> {
  const name = path.basename(to);
  // Not even opened where it is none: to open a device can have effects.
  if (!(await lstat(from)).isFile()) throw refused(`something else than a file named ${name}`);
  const handle = await openPlainFile(from).catch((cause: unknown) => {
    throw refused(`a file named ${name} that cannot be opened`, cause);
  });
  try {
    const opened = await handle.stat({ bigint: true });
    if (!isOwnPlainFile(opened)) throw refused(`a file named ${name} that is also elsewhere`);
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
    `A tool left ${what}. Nothing of it is used: check that FFmpeg and Shaka Packager are the programs that they should be.`,
    { cause },
  );

/** Also folders that the tool has shut. */
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
