import { type KnownStoreKeys, listKnownStoreKeys } from '@/db/queries/maintenance';
import type { App } from '@/lib/app';
import { versionFolder } from '@/lib/media/file-names';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey, posterKey, versionKey } from '@/lib/storage/keys';
import type { Store, StoredEntry } from '@/lib/storage/store';

/** A file or folder of the store without a row. */
export interface Orphan {
  key: string;
  storedAt: Date;
}

/**
 * Finds files and folders of the store without a row: a process died between writing the file and the row, or
 * between removing the row and the file.
 */
export async function findOrphans({ db, store }: Pick<App, 'db' | 'store'>): Promise<Orphan[]> {
  // Files are listed first: anything stored later is not seen, and anything stored before has its row by now.
  const found = await listStore(store);
  const known = knownKeys(listKnownStoreKeys(db));
  return found.filter(({ key }) => !known.has(key));
}

/**
 * Whether a file or folder at a key still has no row and was stored before a time. Called right before it is
 * removed.
 */
export async function isOrphan(
  { db, store }: Pick<App, 'db' | 'store'>,
  key: string,
  before: Date,
): Promise<boolean> {
  const storedAt = await store.storedAt(key);
  return storedAt !== null && storedAt < before && !isKnown(db, key);
}

/** Whether a key has a row now. */
export const isKnown = (db: App['db'], key: string) => knownKeys(listKnownStoreKeys(db)).has(key);

async function listStore(store: Store): Promise<Orphan[]> {
  const { uploads, texts, posters, packages } = storeFolders;
  const inFolder = async (folder: string) =>
    (await store.list(folder)).map((entry) => ({ ...entry, key: `${folder}/${entry.name}` }));
  const files = (await Promise.all([uploads, texts, posters].map(inFolder))).flat();
  const ofPackages: (StoredEntry & { key: string })[] = [];
  for (const entry of await inFolder(packages)) {
    const inside = await inFolder(entry.key);
    // A package's own folder counts only when it is empty; otherwise its entries count.
    ofPackages.push(...(inside.length > 0 ? inside : [entry]));
  }
  return [...files, ...ofPackages].map(({ key, storedAt }) => ({ key, storedAt }));
}

function knownKeys({ files, videoIds, packages }: KnownStoreKeys): Set<string> {
  return new Set([
    ...files,
    ...videoIds.map(posterKey),
    ...packages.flatMap(({ mediaId, downloadFolder, versionNumbers }) => [
      packageKey(mediaId),
      ...versionNumbers.map((number) => versionKey(mediaId, number)),
      ...(downloadFolder ? [`${packageKey(mediaId)}/${downloadFolder}`] : []),
    ]),
  ]);
}

/** Whether a superseded version's folder must stay: older Cenclave versions kept the download in it. */
export const holdsDownload = (number: number, downloadFolder: string | null) =>
  downloadFolder === versionFolder(number);
