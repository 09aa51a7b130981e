import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Stage } from '@/lib/media/status';
import type { Db } from '../client';
import { jobs, packages } from '../schema';

export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
export type JobRow = typeof jobs.$inferSelect;

/** Who may write: the job, and the attempt that claimed it (the fencing token). */
export interface Claim {
  id: number;
  attempt: number;
  packageId: number;
}

export const leaseEnd = (seconds: number) => new Date(Date.now() + seconds * 1000);

/**
 * Runs a write only while the claim holds, in one immediate transaction, so that no other write comes
 * between.
 */
export function whileClaimed(db: Db, claim: Claim, write: (tx: Tx, job: JobRow) => void): boolean {
  return db.transaction(
    (tx) => {
      const held = and(
        eq(jobs.id, claim.id),
        eq(jobs.attempt, claim.attempt),
        isNotNull(jobs.leaseExpiresAt),
        eq(jobs.cancelRequested, false),
      );
      const job = tx.select().from(jobs).where(held).get();
      if (!job) return false;
      write(tx, job);
      return true;
    },
    { behavior: 'immediate' },
  );
}

export function renewLease(db: Db, claim: Claim, leaseSeconds: number): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.update(jobs)
      .set({ leaseExpiresAt: leaseEnd(leaseSeconds) })
      .where(eq(jobs.id, claim.id))
      .run();
  });
}

export function reportProgress(db: Db, claim: Claim, at: { stage: Stage; progress: number }): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.update(packages)
      .set({ stage: at.stage, progress: sql`max(${packages.progress}, ${at.progress})` })
      .where(eq(packages.id, claim.packageId))
      .run();
  });
}
