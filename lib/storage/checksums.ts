import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Store } from './store';

/**
 * SHA-256 of a file in the store, in hexadecimal; null when it is not there.
 * @throws the signal's reason when aborted
 */
export async function fileChecksum(store: Store, key: string, signal?: AbortSignal): Promise<string | null> {
  const file = await store.open(key);
  if (!file) return null;
  const hash = createHash('sha256');
  if (file.sizeBytes > 0) await pipeline(file.read(0, file.sizeBytes - 1), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

/** The same of a local file, on its way into the store. */
export async function localChecksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** The same of all files of a folder, by name. */
export async function folderChecksums(
  store: Store,
  key: string,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const { name } of await store.list(key)) {
    const sum = await fileChecksum(store, `${key}/${name}`, signal);
    if (sum) sums[name] = sum;
  }
  return sums;
}
