import type { Context } from '@/lib/context';
import type { PackagingJob, Queue, WrappedKey } from '@/lib/jobs/queue';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { PackageKey } from '@/lib/media/content-key';
import { type Progress, progressOf } from './progress';

/** The tools of a job's steps, beside the job itself. */
export type Tools = Pick<Context, 'store' | 'masterKey' | 'settings' | 'ladder'> & { queue: Queue };

/** One attempt at a job, with everything that its steps share. */
export interface Attempt extends Tools {
  job: PackagingJob;
  /** The keys that new versions are encrypted with. */
  keys: PackageKey[];
  progress: Progress;
  signal: AbortSignal;
}

export function beginAttempt(job: PackagingJob, tools: Tools, signal: AbortSignal): Attempt {
  const keys = unwrapKeys(job.keys, tools.masterKey);
  return { ...tools, job, keys, progress: progressOf(job, tools.queue), signal };
}

export function unwrapKeys(keys: WrappedKey[], masterKey: Buffer): PackageKey[] {
  return keys.map(({ label, kidHex, wrappedKey }) => ({
    label,
    ...unwrapKey(kidHex, wrappedKey, masterKey),
  }));
}
