import { JobEvents } from '@/lib/jobs/job-events';
import type { JobQueue } from '@/lib/jobs/queue';
import { attemptsExhausted, maxAttempts } from '@/lib/jobs/retry-policy';
import type { Db } from './client';
import { renewLease, reportProgress } from './repositories/claim';
import { claimJob, freeDeadLeases } from './repositories/claim-job';
import * as ends from './repositories/job-ends';
import { cancelJobs, hasCanceledJobs, listTasks, setPriority } from './repositories/jobs';

const leaseSeconds = 30;

/** The queue in the SQLite database, beside the packages whose state it keeps. */
export function sqliteQueue(db: Db, events = new JobEvents()): JobQueue {
  return {
    async waitForWork(milliseconds) {
      const stop = onChange(db, () => events.wakeWorkers());
      await events.waitForWork(milliseconds).finally(stop);
    },
    onCancel(listener) {
      const unlisten = events.onCancel(listener);
      const stop = onChange(db, () => hasCanceledJobs(db) && listener());
      return () => {
        unlisten();
        stop();
      };
    },
    claim: async (holder) => claimJob(db, { holder, leaseSeconds, maxAttempts, attemptsExhausted }),
    heartbeat: async (claim) => renewLease(db, claim, leaseSeconds),
    report: async (claim, at) => reportProgress(db, claim, at),
    complete: async (claim) => ends.completeJob(db, claim),
    fail: async (claim, failure) => ends.failJob(db, claim, failure),
    postpone: async (claim, failure, seconds) => ends.postponeJob(db, claim, failure, seconds),
    endCanceled: async (claim) => ends.endCanceledJob(db, claim),
    release: async (claim) => ends.releaseJob(db, claim),
    releaseDead: async (living) => freeDeadLeases(db, living),
    async cancel(packageId) {
      const isCanceled = cancelJobs(db, packageId);
      if (isCanceled) events.announceCancel();
      return isCanceled;
    },
    prioritize: async (packageId, priority) => setPriority(db, packageId, priority),
    tasksOf: async (packageId) => listTasks(db, packageId),
  };
}

const lookMilliseconds = 250;

/** Calls `listener` after other processes changed the database, until the returned function is called. */
function onChange({ $client }: Db, listener: () => void): () => void {
  const version = () => $client.pragma('data_version', { simple: true });
  let seen = version();
  const timer = setInterval(() => {
    if (!$client.open || version() === seen) return;
    seen = version();
    listener();
  }, lookMilliseconds);
  return () => clearInterval(timer);
}
