import type { App } from '@/lib/app/app';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { Everything } from '@/lib/ledger/ledger';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import { checkAuditLog } from './check-audit-log';
import { checkPackage, checksumOf } from './check-package';
import { findOrphans } from './find-orphans';
import { type Finding, withReadErrors } from './finding';

type Parts = Pick<App, 'access' | 'ledger' | 'store' | 'masterKey'>;

/**
 * Compares the disk with the database: files without a row, rows whose file is missing or has other bytes,
 * jobs that claim to run and do not, keys that the master key does not unwrap. Files stored after `before`
 * are skipped: their row may still follow. An unreadable file is a finding too; what a running server
 * replaces or deletes meanwhile is not.
 */
export async function* checkStorage(parts: Parts, before: Date): AsyncGenerator<Finding> {
  const { ledger } = parts;
  for (const what of await ledger.integrityProblems()) yield { kind: 'damaged-database', what };
  yield* checkAuditLog(parts);
  yield* withReadErrors('A folder', checkStore(parts, before));
  for (const packageId of await ledger.stuckPackages())
    yield { kind: 'stuck', packageId, what: `Package ${packageId} is queued or processing, but has no job.` };
  const all = await ledger.everything();
  yield* unreadableKeys(parts, all);
  const notWhole = new Set<number>();
  for (const video of all.videos) {
    const name = `The file of video ${video.id} (${video.storageKey})`;
    for await (const finding of withReadErrors(name, checkSource(parts, video))) {
      if (finding.kind !== 'no-checksum') notWhole.add(video.id);
      yield finding;
    }
  }
  for (const text of all.texts)
    yield* withReadErrors(`${text.storageKey} of video ${text.videoId}`, checkText(parts, text));
  for (const row of all.packages) yield* checkPackage(parts, row, !notWhole.has(row.video.id));
}

async function* checkStore(parts: Parts, before: Date): AsyncGenerator<Finding> {
  for (const { key, storedAt } of await findOrphans(parts))
    if (storedAt < before) yield { kind: 'orphan', key, what: `${key} has no row in the database.` };
}

function* unreadableKeys({ masterKey }: Parts, { keys }: Everything): Generator<Finding> {
  for (const { packageId, kidHex, wrappedKey } of keys) {
    try {
      unwrapKey(kidHex, wrappedKey, masterKey);
    } catch {
      const what = `The key ${kidHex} of package ${packageId} cannot be unwrapped with this master key.`;
      yield { kind: 'key-not-readable', what };
    }
  }
}

type Video = Everything['videos'][number];

async function* checkSource({ ledger, store }: Parts, video: Video): AsyncGenerator<Finding> {
  const finding = await sourceFault(store, video);
  // A running server may have deleted it meanwhile.
  if (finding && (await ledger.findVideo(video.id))) yield finding;
}

async function sourceFault(store: ArtifactStore, video: Video): Promise<Finding | null> {
  const { id, storageKey, sizeBytes, sha256 } = video;
  const damaged = (how: string): Finding => {
    return { kind: 'damaged-source', what: `The file of video ${id} ${how} (${storageKey}).` };
  };
  const file = await store.open(storageKey);
  if (!file) return damaged('is gone');
  if (file.sizeBytes !== sizeBytes)
    return damaged(`has ${file.sizeBytes} bytes instead of the ${sizeBytes} that were uploaded`);
  const found = await checksumOf(store, storageKey);
  if (found === null) return damaged('is gone');
  if (found === sha256) return null;
  if (sha256 !== null) return damaged('differs from what was uploaded');
  return { kind: 'no-checksum', videoId: id, sha256: found, what: `Video ${id} has no checksum yet.` };
}

async function* checkText(
  { ledger, store }: Parts,
  { id, storageKey, videoId }: Everything['texts'][number],
): AsyncGenerator<Finding> {
  if (await store.open(storageKey)) return;
  const what = `A text track of video ${videoId} is gone (${storageKey}).`;
  // A running server may have deleted it meanwhile.
  const isWanted = (await ledger.listTexts(videoId)).some((text) => text.id === id);
  if (isWanted) yield { kind: 'missing-text', textId: id, what };
}
