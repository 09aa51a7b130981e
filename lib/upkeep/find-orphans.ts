import { type KnownPlaces, listKnownPlaces } from '@/db/queries/upkeep';
import type { Context } from '@/lib/context';
import { versionFolder } from '@/lib/media/file-names';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey, posterKey, versionKey } from '@/lib/storage/keys';
import type { Store, StoredEntry } from '@/lib/storage/store';

/** A file or folder of the store that no row speaks of. */
export interface Orphan {
  key: string;
  storedAt: Date;
}

/** What stands in the store without a row: left by a process that died between the file and the row, or the row and the file. */
export async function findOrphans({ db, store }: Pick<Context, 'db' | 'store'>): Promise<Orphan[]> {
  // The files first: what is put meanwhile is not seen, and what was put before has its row by now.
  const found = await listStore(store);
  const known = knownKeys(listKnownPlaces(db));
  return found.filter(({ key }) => !known.has(key));
}

/**
 * Whether there is something at a key of which still no row speaks, and which was put before a time. Asked right before
 * it is removed.
 */
export async function isOrphan(
  { db, store }: Pick<Context, 'db' | 'store'>,
  key: string,
  before: Date,
): Promise<boolean> {
  const storedAt = await store.storedAt(key);
  return storedAt !== null && storedAt < before && !isKnown(db, key);
}

/** Whether a row speaks of a key now. */
export const isKnown = (db: Context['db'], key: string) => knownKeys(listKnownPlaces(db)).has(key);

async function listStore(store: Store): Promise<Orphan[]> {
  const { uploads, texts, posters, packages } = storeFolders;
  const inFolder = async (folder: string) =>
    (await store.list(folder)).map((entry) => ({ ...entry, key: `${folder}/${entry.name}` }));
  const files = (await Promise.all([uploads, texts, posters].map(inFolder))).flat();
  const ofPackages: (StoredEntry & { key: string })[] = [];
  for (const entry of await inFolder(packages)) {
    const inside = await inFolder(entry.key);
    // A package's own folder counts only when nothing is in it: else what is in it does.
    ofPackages.push(...(inside.length > 0 ? inside : [entry]));
  }
  return [...files, ...ofPackages].map(({ key, storedAt }) => ({ key, storedAt }));
}

function knownKeys({ files, videoIds, packages }: KnownPlaces): Set<string> {
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

/** Whether a superseded version's folder must stay: an older Cenclave kept the download in it. */
export const holdsDownload = (number: number, downloadFolder: string | null) =>
  downloadFolder === versionFolder(number);
