import type { Db } from '@/db/client';
import { type Claim, renewLease, reportProgress } from '@/db/queries/claim';
import { claimJob } from '@/db/queries/claim-job';
import * as ends from '@/db/queries/job-ends';
import { JobEvents } from './job-events';
import type { PackagingJob, Queue } from './queue';
import { attemptsExhausted, maxAttempts } from './retry-policy';

const leaseSeconds = 30;

/** The queue in the SQLite database, beside the packages whose state it keeps. */
export function sqliteQueue(db: Db, events = new JobEvents()): Queue {
  return {
    waitForWork: (milliseconds) => events.waitForWork(milliseconds),
    onCancel: (listener) => events.onCancel(listener),
    claim: async () => claimJob(db, { leaseSeconds, maxAttempts, attemptsExhausted }),
    heartbeat: async (job) => renewLease(db, claimOf(job), leaseSeconds),
    report: async (job, at) => reportProgress(db, claimOf(job), at),
    publish: async (job, publication) => ends.publish(db, claimOf(job), publication),
    recordProbe: async (job, probe) => ends.recordProbe(db, claimOf(job), probe),
    recordChecksums: async (job, sums) => ends.recordChecksums(db, claimOf(job), sums),
    complete: async (job) => ends.completeJob(db, claimOf(job)),
    fail: async (job, failure) => ends.failJob(db, claimOf(job), failure),
    postpone: async (job, failure, seconds) => ends.postponeJob(db, claimOf(job), failure, seconds),
    endCanceled: async (job) => ends.endCanceledJob(db, claimOf(job)),
    release: async (job) => ends.releaseJob(db, claimOf(job)),
  };
}

const claimOf = ({ id, attempt, packageId }: PackagingJob): Claim => ({ id, attempt, packageId });
