import { createReadStream, type Stats } from 'node:fs';
import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactStore, StoredEntry, StoredFile } from './artifact-store';
import { storeFolders } from './folders';
import { plainNames } from './keys';
import { type LinkGuard, linkGuard, orNull } from './link-guard';
import { linkOrCopy } from './link-or-copy';
import { openLocal } from './open-local';
import { readPlainFlags } from './plain-file';
import { type Modes, ownerModes, syncFolder, syncToDisk } from './sync-to-disk';

/** The folders that a web server in front may serve. */
const sharedFolders: string[] = [storeFolders.packages, storeFolders.posters];
const groupModes: Modes = { file: 0o640, folder: 0o750 };

/**
 * The store on a local disk, below one folder. Local files on the same disk are moved into it. Below the
 * root, no symbolic link is followed: anything behind one does not exist for the store, and nothing is
 * written or removed there.
 * @param options.isShared whether this process's group may read packages and posters: see docs/nginx.md
 */
export function localStore(root: string, { isShared = false } = {}): ArtifactStore {
  const at = (key: string) => path.join(root, ...plainNames(key));
  const guard = linkGuard(root);
  const modesOf = (key: string) =>
    isShared && sharedFolders.includes(key.split('/')[0] ?? '') ? groupModes : ownerModes;
  const open = async (key: string) => {
    const file = await guard.reach(at(key));
    return file === null ? null : openFile(file, key);
  };
  const remove = async (key: string) => {
    const place = at(key);
    if ((await guard.reach(path.dirname(place))) === null) return;
    // Retries where something was published into a folder while it was removed.
    await orNull(() => rm(place, { recursive: true, force: true, maxRetries: 5 }));
  };
  return {
    async putFile(localFile, key) {
      const to = at(key);
      await syncToDisk(localFile, modesOf(key));
      await moveInto(localFile, to, guard, modesOf(key));
    },
    async commit(localFolder, key) {
      await syncFolder(localFolder, modesOf(key));
      await moveInto(localFolder, at(key), guard, modesOf(key));
    },
    async checkout(key, into) {
      const place = await guard.reach(at(key));
      return place === null ? null : linkInto(place, into);
    },
    open,
    async list(key) {
      const folder = await guard.reach(at(key));
      return folder === null ? [] : listFolder(folder);
    },
    async storedAt(key) {
      const place = at(key);
      const parent = await guard.reach(path.dirname(place));
      const found = parent === null ? null : await orNull(() => lstat(place));
      return found && putAt(found);
    },
    remove,
  };
}

async function openFile(file: string, key: string): Promise<StoredFile | null> {
  const found = await orNull(() => lstat(file));
  if (!found?.isFile()) return null;
  return {
    key,
    sizeBytes: found.size,
    modifiedAt: found.mtime,
    // Node.js passes numbers on to open(2); its types know only strings.
    read: (start, end) => createReadStream(file, { start, end, flags: readPlainFlags as never }),
    open: () => openLocal(file),
  };
}

async function listFolder(folder: string): Promise<StoredEntry[]> {
  const names = (await orNull(() => readdir(folder))) ?? [];
  const entries = await Promise.all(
    names.map(async (name): Promise<StoredEntry | null> => {
      const found = await lstat(path.join(folder, name)).catch(() => null);
      return found && { name, isFolder: found.isDirectory(), storedAt: putAt(found) };
    }),
  );
  return entries.filter((entry) => entry !== null);
}

/** The ctime changes at a rename; the mtime stays that of the last write. */
const putAt = ({ ctime }: Stats) => ctime;

/** Links a file, or the files of a folder, into a folder under their own name. */
async function linkInto(place: string, into: string): Promise<string | null> {
  const to = path.join(into, path.basename(place));
  const found = await orNull(() => lstat(place));
  if (found?.isFile()) {
    await linkOrCopy(place, to);
    return to;
  }
  if (!found?.isDirectory()) return null;
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(place, { withFileTypes: true }))
    if (entry.isFile()) await linkOrCopy(path.join(place, entry.name), path.join(to, entry.name));
  return to;
}

/** A rename is atomic; the parent folder is synced so that it survives a power loss as well. */
async function moveInto(from: string, to: string, guard: LinkGuard, modes: Modes): Promise<void> {
  const parent = path.dirname(to);
  const firstMade = await mkdir(parent, { recursive: true, mode: modes.folder });
  await guard.require(parent);
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyThenRename(from, to);
  });
  // The umask masks the mode of mkdir(2).
  await syncToDisk(parent, firstMade ? modes : undefined);
  // The names of new folders are in those above them.
  for (let folder = parent; firstMade && folder !== path.dirname(firstMade); ) {
    folder = path.dirname(folder);
    await syncToDisk(folder);
  }
}

/** From another disk, files are copied beside their place first. */
async function copyThenRename(from: string, to: string): Promise<void> {
  const beside = path.join(path.dirname(to), `copying-${path.basename(to)}`);
  await rm(beside, { recursive: true, force: true });
  try {
    await cp(from, beside, { recursive: true });
    if ((await lstat(beside)).isDirectory()) await syncFolder(beside);
    else await syncToDisk(beside);
    await rename(beside, to);
  } catch (error) {
    // On a full disk, half a copy would keep others from writing.
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
  await rm(from, { recursive: true });
}
