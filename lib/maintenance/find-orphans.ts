import type { App } from '@/lib/app/app';
import type { Ledger, StoreKeys } from '@/lib/ledger/ledger';
import { attemptFolder } from '@/lib/media/file-names';
import type { ArtifactStore, StoredEntry } from '@/lib/storage/artifact-store';
import { storeFolders } from '@/lib/storage/folders';
import { packageKey, posterKey, publishedKey } from '@/lib/storage/keys';

/** A file or folder of the store without a row. */
export interface Orphan {
  key: string;
  storedAt: Date;
}

/**
 * Finds files and folders of the store without a row: a process died between writing the file and the row, or
 * between removing the row and the file.
 */
export async function findOrphans({ ledger, store }: Pick<App, 'ledger' | 'store'>): Promise<Orphan[]> {
  // Files are listed first: anything stored later is not seen, and anything stored before has its row by now.
  const found = await listStore(store);
  const isReferred = knowing(await ledger.storeKeys());
  return found.filter(({ key }) => !isReferred(key));
}

/**
 * Whether a file or folder at a key still has no row and was stored before a time. Called right before it is
 * removed.
 */
export async function isOrphan(
  { ledger, store }: Pick<App, 'ledger' | 'store'>,
  key: string,
  before: Date,
): Promise<boolean> {
  const storedAt = await store.storedAt(key);
  return storedAt !== null && storedAt < before && !(await isKnown(ledger, key));
}

/** Whether a key has a row now. */
export const isKnown = async (ledger: Ledger, key: string) => knowing(await ledger.storeKeys())(key);

async function listStore(store: ArtifactStore): Promise<Orphan[]> {
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

/**
 * Whether the ledger refers to a key, or a running attempt may have stored it and is about to write its row.
 */
function knowing({ files, videoIds, packages, attempts }: StoreKeys): (key: string) => boolean {
  const known = new Set([
    ...files,
    ...videoIds.map(posterKey),
    ...packages.flatMap(({ mediaId, folders }) => [
      packageKey(mediaId),
      ...folders.map((folder) => publishedKey(mediaId, folder)),
    ]),
  ]);
  const running = attempts.map((attempt) => attemptFolder('', attempt));
  return (key) => known.has(key) || running.some((ending) => key.endsWith(ending));
}
