import { aliasedTable, and, count, eq, gt, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Requested } from '@/lib/ledger/ledger';
import type { NewKey, WaitingJob } from '@/lib/ledger/records';
import type { JobTask } from '@/lib/media/job-task';
import type { Db } from './client';
import { applyEvent, type Tx, writing } from './life';
import { contentKeys, jobs, packages } from './schema';

/** Requests work on a package: see Ledger.request. */
export function requestWork(
  tx: Tx,
  packageId: number,
  task: JobTask,
  { newKeys = [], ifIdle = false }: { newKeys?: NewKey[]; ifIdle?: boolean } = {},
): Requested {
  const found = tx.select({ id: packages.id }).from(packages).where(eq(packages.id, packageId)).get();
  if (!found) return 'not-found';
  if (ifIdle && hasJob(tx, packageId)) return 'busy';
  applyEvent(tx, packageId, { kind: 'requested', task });
  const rows = newKeys.map((key) => ({ ...key, packageId, state: 'waiting' as const }));
  if (rows.length > 0) tx.insert(contentKeys).values(rows).run();
  return 'requested';
}

/** Whether a package has a job that waits or runs. */
function hasJob(tx: Tx, packageId: number): boolean {
  return tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, packageId)).get() !== undefined;
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
  return writing(db, (tx) => {
    if (!hasJob(tx, packageId)) return false;
    applyEvent(tx, packageId, { kind: 'cancel-requested' });
    return true;
  });
}

/** Whether any running job is to end. */
export function hasCanceledJobs(db: Db): boolean {
  return db.select({ id: jobs.id }).from(jobs).where(eq(jobs.cancelRequested, true)).get() !== undefined;
}

/** @returns false when no work on the package waits or runs */
export function setPriority(db: Db, packageId: number, priority: number): boolean {
  return writing(db, (tx) => {
    return tx.update(jobs).set({ priority }).where(eq(jobs.packageId, packageId)).run().changes > 0;
  });
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
