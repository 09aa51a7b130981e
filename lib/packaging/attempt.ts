import type { JobQueue, PackagingJob, WrappedKey } from '@/lib/jobs/queue';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { Ledger } from '@/lib/ledger/ledger';
import type { PackageKey } from '@/lib/media/content-key';
import type { Ladder } from '@/lib/media/ladder';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import type { DiskReservations } from '@/lib/storage/disk-reservations';
import { type Progress, progressOf } from './progress';

/** What the steps of a job work with, beside the job itself. */
export interface Means {
  store: ArtifactStore;
  ledger: Ledger;
  queue: JobQueue;
  masterKey: Buffer;
  ladder: Ladder;
  tools: ToolRunner;
  /** Of the disk that the workspace is on. */
  reservations: DiskReservations;
  /** A local folder of the worker's own; nothing in it outlives the process. */
  workspace: string;
}

/** One attempt at a job, with everything that its steps share. */
export interface Attempt extends Means {
  job: PackagingJob;
  /** The keys that new versions are encrypted with. */
  keys: PackageKey[];
  progress: Progress;
  signal: AbortSignal;
}

export function beginAttempt(job: PackagingJob, means: Means, signal: AbortSignal): Attempt {
  const keys = unwrapKeys(job.keys, means.masterKey);
  return { ...means, job, keys, progress: progressOf(job, means.queue), signal };
}

export function unwrapKeys(keys: WrappedKey[], masterKey: Buffer): PackageKey[] {
  return keys.map(({ label, kidHex, wrappedKey }) => ({
    label,
    ...unwrapKey(kidHex, wrappedKey, masterKey),
  }));
}
