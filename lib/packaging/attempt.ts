import type { App } from '@/lib/app';
import type { PackagingJob, WrappedKey } from '@/lib/jobs/queue';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { PackageKey } from '@/lib/media/content-key';
import { type Progress, progressOf } from './progress';

/** What the steps of a job work with, beside the job itself. */
export type Means = Pick<
  App,
  'store' | 'ledger' | 'queue' | 'masterKey' | 'ladder' | 'tools' | 'reservations'
> & {
  /** A local folder of the worker's own; nothing in it outlives the process. */
  workspace: string;
};

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
