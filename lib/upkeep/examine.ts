import type { listForExamination } from '@/db/queries/upkeep';
import * as queries from '@/db/queries/upkeep';
import type { Context } from '@/lib/context';
import { unwrapKey } from '@/lib/keys/wrap-key';
import { downloadFile, versionFiles } from '@/lib/media/file-names';
import { fileChecksum } from '@/lib/storage/checksums';
import { packageKey, versionKey } from '@/lib/storage/keys';
import { findOrphans } from './find-orphans';

/** What is wrong, for a person, and what `mend` would do about it. */
export type Finding = { what: string } & (
  | { kind: 'orphan'; key: string }
  | { kind: 'stuck' | 'damaged-package'; packageId: number }
  | { kind: 'missing-text'; textId: number }
  | { kind: 'no-checksum'; videoId: number; sha256: string }
  | { kind: 'damaged-source' | 'damaged-database' | 'key-not-readable' }
);

type Everything = ReturnType<typeof listForExamination>;
type Parts = Pick<Context, 'db' | 'store' | 'masterKey'>;

/**
 * Compares the disk with the database: what stands in the store without a row, what a row speaks of that is gone or has
 * other bytes than it had, what claims to be at work and is not, keys that the master key does not open. Spares what was
 * put after `before`: it may be about to get its row.
 */
export async function* examine(parts: Parts, before: Date): AsyncGenerator<Finding> {
  const { db } = parts;
  for (const what of queries.integrityProblems(db)) yield { kind: 'damaged-database', what };
  for (const { key, storedAt } of await findOrphans(parts))
    if (storedAt < before) yield { kind: 'orphan', key, what: `${key} belongs to nothing.` };
  for (const packageId of queries.listStuckPackages(db))
    yield { kind: 'stuck', packageId, what: `Package ${packageId} waits for work that nobody has.` };
  const all = queries.listForExamination(db);
  yield* unreadableKeys(parts, all);
  for (const video of all.videos) yield* examineSource(parts, video);
  for (const { id, storageKey, videoId } of all.texts)
    if (!(await parts.store.open(storageKey)))
      yield {
        kind: 'missing-text',
        textId: id,
        what: `A text track of video ${videoId} is gone (${storageKey}).`,
      };
  for (const row of all.packages) yield* examinePackage(parts, row);
}

function* unreadableKeys({ masterKey }: Parts, { keys }: Everything): Generator<Finding> {
  for (const { packageId, kidHex, wrappedKey } of keys) {
    try {
      unwrapKey(kidHex, wrappedKey, masterKey);
    } catch {
      const what = `The key ${kidHex} of package ${packageId} cannot be opened with this master key.`;
      yield { kind: 'key-not-readable', what };
    }
  }
}

async function* examineSource(
  { store }: Parts,
  video: Everything['videos'][number],
): AsyncGenerator<Finding> {
  const { id, storageKey, sizeBytes, sha256 } = video;
  const file = await store.open(storageKey);
  if (!file)
    return yield { kind: 'damaged-source', what: `The file of video ${id} is gone (${storageKey}).` };
  if (file.sizeBytes !== sizeBytes) {
    const what = `The file of video ${id} has ${file.sizeBytes} bytes where ${sizeBytes} were uploaded (${storageKey}).`;
    return yield { kind: 'damaged-source', what };
  }
  const found = await fileChecksum(store, storageKey);
  if (found === null || found === sha256) return;
  if (sha256 === null)
    yield { kind: 'no-checksum', videoId: id, sha256: found, what: `Video ${id} has no checksum yet.` };
  else
    yield {
      kind: 'damaged-source',
      what: `The file of video ${id} has other bytes than were uploaded (${storageKey}).`,
    };
}

async function* examinePackage(
  { store }: Parts,
  { package: row, version }: Everything['packages'][number],
): AsyncGenerator<Finding> {
  if (!version) return;
  const folder = versionKey(row.mediaId, version.number);
  const names = new Set([
    ...[versionFiles.dash, versionFiles.hls],
    ...version.tracks.map(({ file }) => file),
    ...Object.keys(version.checksums ?? {}),
  ]);
  const wanted = [...names].map((name) => ({
    key: `${folder}/${name}`,
    sum: version.checksums?.[name] ?? null,
  }));
  if (row.downloadFolder)
    wanted.push({
      key: `${packageKey(row.mediaId)}/${row.downloadFolder}/${downloadFile}`,
      sum: row.downloadSha256,
    });
  for (const { key, sum } of wanted) {
    const found = await fileChecksum(store, key);
    if (found !== null && (sum === null || found === sum)) continue;
    const how = found === null ? 'is gone' : 'has other bytes than were published';
    yield { kind: 'damaged-package', packageId: row.id, what: `${key} of package ${row.id} ${how}.` };
  }
}
