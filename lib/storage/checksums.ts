import { createHash } from 'node:crypto';
import type { ArtifactStore, OpenFile } from './artifact-store';
import { openLocal } from './open-local';

/** Hashing this much blocks other requests for about a millisecond. */
const pieceBytes = 1024 * 1024;

/**
 * SHA-256 of a file in the store, in hexadecimal; null when it is not there.
 * @throws the signal's reason when aborted
 */
export async function fileChecksum(
  store: ArtifactStore,
  key: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const file = await store.open(key);
  return file && checksumOf(await file.open(), signal);
}

/** SHA-256 of a local file, in hexadecimal, on its way into the store. */
export const localChecksum = async (file: string): Promise<string> => checksumOf(await openLocal(file));

async function checksumOf(source: OpenFile, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    const memory = Buffer.allocUnsafeSlow(pieceBytes);
    for (let at = 0; ; ) {
      signal?.throwIfAborted();
      const sizeBytes = await source.readInto(memory, at);
      if (sizeBytes === 0) return hash.digest('hex');
      hash.update(memory.subarray(0, sizeBytes));
      at += sizeBytes;
    }
  } finally {
    await source.close();
  }
}

/** SHA-256 of all files of a folder in the store, by name. */
export async function folderChecksums(
  store: ArtifactStore,
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
