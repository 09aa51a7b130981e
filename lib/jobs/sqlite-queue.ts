import type { Db } from '@/db/client';
import * as queries from '@/db/queries/jobs';
import type { PackagingJob, Queue } from './queue';

export const leaseSeconds = 30;

/** The queue in the SQLite database, beside the packages whose state it keeps. */
export function sqliteQueue(db: Db): Queue {
  return {
    claim: async () => queries.claimJob(db, leaseSeconds),
    heartbeat: async (job) => queries.prolongLease(db, claimOf(job), leaseSeconds),
    report: async (job, at) => queries.reportProgress(db, claimOf(job), at),
    publish: async (job, publication) => queries.publish(db, claimOf(job), publication),
    complete: async (job) => queries.completeJob(db, claimOf(job)),
    fail: async (job, failure) => queries.failJob(db, claimOf(job), failure),
    release: async (job) => queries.releaseJob(db, claimOf(job)),
  };
}

const claimOf = ({ id, attempt, packageId }: PackagingJob): queries.Claim => ({ id, attempt, packageId });
