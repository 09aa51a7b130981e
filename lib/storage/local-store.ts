import { createReadStream, type Stats } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { openLocal } from './open-local';
import type { Store, StoredEntry, StoredFile } from './store';
import { syncFolder, syncToDisk } from './sync-to-disk';

/** The store on a local disk, below one folder. Local files given to it must be on the same file system. */
export function localStore(root: string): Store {
  const at = (key: string) => path.join(root, ...plainNames(key));
  return {
    async putFile(localFile, key) {
      await syncToDisk(localFile);
      await moveInto(localFile, at(key));
    },
    async putFolder(localFolder, key) {
      await syncFolder(localFolder);
      await rm(at(key), { recursive: true, force: true });
      await moveInto(localFolder, at(key));
    },
    open: (key) => openFile(at(key), key),
    async localFile(key) {
      return (await openFile(at(key), key)) ? at(key) : null;
    },
    list: (key) => listFolder(at(key)),
    storedAt: (key) => storedAt(at(key)),
    async remove(key) {
      // Again, where something was published into a folder while it was removed.
      await rm(at(key), { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Splits a key into names and refuses any that could leave the root. */
function plainNames(key: string): string[] {
  const names = key.split('/');
  if (names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name))) return names;
  throw new AppError('media-not-found', 'There is no such file.');
}

async function openFile(file: string, key: string): Promise<StoredFile | null> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return null;
    return {
      key,
      sizeBytes: found.size,
      modifiedAt: found.mtime,
      read: (start, end) => createReadStream(file, { start, end }),
      open: () => openLocal(file),
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return null;
    throw error;
  }
}

async function listFolder(folder: string): Promise<StoredEntry[]> {
  const names = await readdir(folder).catch(noneIfGone);
  const entries = await Promise.all(
    names.map(async (name): Promise<StoredEntry | null> => {
      const found = await stat(path.join(folder, name)).catch(() => null);
      return found && { name, isFolder: found.isDirectory(), storedAt: putAt(found) };
    }),
  );
  return entries.filter((entry) => entry !== null);
}

/** A rename changes the ctime, and keeps the mtime of what was written long before. */
const putAt = ({ ctime }: Stats) => ctime;

async function storedAt(place: string): Promise<Date | null> {
  try {
    return putAt(await stat(place));
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function noneIfGone(error: unknown): string[] {
  if (isGone(error)) return [];
  throw error;
}

const isGone = (error: unknown) =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** A rename is atomic; the parent folder is synced so that it survives a power loss as well. */
async function moveInto(from: string, to: string): Promise<void> {
  const parent = path.dirname(to);
  const firstMade = await mkdir(parent, { recursive: true });
  await rename(from, to);
  await syncToDisk(parent);
  // The names of folders that were made stand in those above them.
  for (let folder = parent; firstMade && folder !== path.dirname(firstMade); ) {
    folder = path.dirname(folder);
    await syncToDisk(folder);
  }
}
