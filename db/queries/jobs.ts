import { aliasedTable, and, count, eq, gt, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { KeyLabel } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import type { Db } from '../client';
import { contentKeys, jobs } from '../schema';
import { applyEvent, type Tx } from './life';

/** Queues one more job for a package, together with the new keys that the job is to use. */
export function insertJob(
  db: Db,
  packageId: number,
  task: JobTask,
  newKeys: { label: KeyLabel; kidHex: string; wrappedKey: string }[] = [],
): void {
  db.transaction(
    (tx) => {
      applyEvent(tx, packageId, { kind: 'requested', task });
      if (newKeys.length === 0) return;
      const rows = newKeys.map((key) => ({ ...key, packageId, state: 'waiting' as const }));
      tx.insert(contentKeys).values(rows).run();
    },
    { behavior: 'immediate' },
  );
}

/** Whether a package has a job that waits or runs. */
export function hasJob(db: Db | Tx, packageId: number): boolean {
  return db.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, packageId)).get() !== undefined;
}

/** The tasks of a package that wait or run, in the order in which they were requested. */
export function listTasks(db: Db, packageId: number): JobTask[] {
  const rows = db.select({ task: jobs.task }).from(jobs).where(eq(jobs.packageId, packageId));
  return rows
    .orderBy(jobs.id)
    .all()
    .map(({ task }) => task);
}

/**
 * Cancels all work on a package: waiting jobs end at once, running ones are marked, and their worker ends
 * them.
 * @returns false when there was none
 */
export function cancelJobs(db: Db, packageId: number): boolean {
  return db.transaction(
    (tx) => {
      if (!hasJob(tx, packageId)) return false;
      applyEvent(tx, packageId, { kind: 'cancel-requested' });
      return true;
    },
    { behavior: 'immediate' },
  );
}

/** @returns false when no work on the package waits or runs */
export function setPriority(db: Db, packageId: number, priority: number): boolean {
  return db.update(jobs).set({ priority }).where(eq(jobs.packageId, packageId)).run().changes > 0;
}

/** Why work on a package has not begun. */
export interface WaitingJob {
  packageId: number;
  /** The number of jobs that will be claimed before it. */
  ahead: number;
  /** The number of jobs that run now. */
  running: number;
  failures: number;
  notBefore: Date | null;
  priority: number;
}

/** The first waiting job of each of these packages, and its place in the queue. */
export function listWaitingJobs(db: Db, packageIds: number[]): WaitingJob[] {
  if (packageIds.length === 0) return [];
  const other = aliasedTable(jobs, 'other');
  const isBefore = or(
    gt(other.priority, jobs.priority),
    and(eq(other.priority, jobs.priority), lt(other.id, jobs.id)),
  );
  const now = new Date();
  const isDue = or(isNull(other.notBefore), lt(other.notBefore, now));
  const ahead = db
    .select({ n: count() })
    .from(other)
    .where(and(isNull(other.leaseExpiresAt), isDue, isBefore));
  const running = db.select({ n: count() }).from(other).where(gte(other.leaseExpiresAt, now));
  return db
    .select({
      packageId: jobs.packageId,
      ahead: sql<number>`${ahead}`,
      running: sql<number>`${running}`,
      failures: jobs.failures,
      notBefore: jobs.notBefore,
      priority: jobs.priority,
    })
    .from(jobs)
    .where(and(inArray(jobs.packageId, packageIds), isNull(jobs.leaseExpiresAt)))
    .orderBy(jobs.id)
    .all()
    .filter((job, i, all) => all.findIndex(({ packageId }) => packageId === job.packageId) === i);
}
