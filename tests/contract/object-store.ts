import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ArtifactStore, StoredEntry, StoredFile } from '@/lib/storage/artifact-store';
import { plainNames } from '@/lib/storage/keys';
import { openPlainFile } from '@/lib/storage/plain-file';
import { syncFolder } from '@/lib/storage/sync-to-disk';

interface StoredObject {
  bytes: Buffer;
  storedAt: Date;
}

/**
 * A store with the semantics of object storage: objects by their whole key, without folders, renames, links
 * or local paths. What is below a key is found by prefix, and a commit uploads file by file.
 */
export function objectStore(): ArtifactStore {
  const objects = new Map<string, StoredObject>();
  const below = (key: string) => [...objects].filter(([name]) => name.startsWith(`${key}/`));
  const upload = async (file: string, key: string) => {
    const bytes = await readPlain(file);
    objects.set(key, { bytes, storedAt: new Date() });
  };
  return {
    putFile: (file, key) => upload(file, checked(key)),
    async commit(folder, key) {
      checked(key);
      if (below(key).length > 0) throw new Error(`There is something at "${key}" already.`);
      // Refuses anything but plain files, before any is uploaded.
      await syncFolder(folder);
      for (const name of await readdir(folder)) await upload(path.join(folder, name), `${key}/${name}`);
    },
    async checkout(key, into) {
      const local = path.join(into, path.basename(checked(key)));
      const object = objects.get(key);
      if (object) {
        await writeFile(local, object.bytes, { flag: 'wx' });
        return local;
      }
      const found = below(key);
      if (found.length === 0) return null;
      await mkdir(local);
      for (const [name, { bytes }] of found) {
        const rest = name.slice(key.length + 1);
        if (!rest.includes('/')) await writeFile(path.join(local, rest), bytes, { flag: 'wx' });
      }
      return local;
    },
    async open(key) {
      const object = objects.get(checked(key));
      return object ? openObject(key, object) : null;
    },
    async list(key) {
      return entriesOf(below(checked(key)), key);
    },
    async storedAt(key) {
      return objects.get(checked(key))?.storedAt ?? newest(below(key).map(([, { storedAt }]) => storedAt));
    },
    async remove(key) {
      objects.delete(checked(key));
      for (const [name] of below(key)) objects.delete(name);
    },
  };
}

function checked(key: string): string {
  plainNames(key);
  return key;
}

async function readPlain(file: string): Promise<Buffer> {
  const handle = await openPlainFile(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The part after the prefix, up to the next slash, names an entry: a folder where there is more. */
function entriesOf(found: [string, StoredObject][], key: string): StoredEntry[] {
  const entries = new Map<string, StoredEntry>();
  for (const [name, { storedAt }] of found) {
    const [first = '', ...more] = name.slice(key.length + 1).split('/');
    const known = entries.get(first);
    const times = known ? [known.storedAt, storedAt] : [storedAt];
    entries.set(first, {
      name: first,
      isFolder: more.length > 0,
      storedAt: newest(times) ?? storedAt,
    });
  }
  return [...entries.values()];
}

const newest = (times: Date[]): Date | null => times.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;

/** What was opened stays readable when its key is removed or gets another object. */
function openObject(key: string, { bytes, storedAt }: StoredObject): StoredFile {
  return {
    key,
    sizeBytes: bytes.length,
    modifiedAt: storedAt,
    read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
    open: async () => ({
      readInto: async (memory, fromByte) => bytes.subarray(fromByte).copy(memory),
      close: async () => undefined,
    }),
  };
}
