import { eq } from 'drizzle-orm';
import type { Claim } from '@/lib/jobs/queue';
import { isHeld, type PackageEvent } from '@/lib/lifecycle/lifecycle';
import type { Stage } from '@/lib/media/status';
import type { PublishedVersion } from '@/lib/media/track';
import type { Db } from './client';
import { applyEvent, type Tx, writing } from './life';
import { jobs } from './schema';

export type JobRow = typeof jobs.$inferSelect;

/** What a worker knows of a version, without the columns that only the database has. */
export function publishedVersion(version: PublishedVersion): PublishedVersion {
  const { number, folder, tracks, sizeBytes, durationSeconds, notCarried } = version;
  return { number, folder, tracks, sizeBytes, durationSeconds, notCarried };
}

export const leaseEnd = (seconds: number) => new Date(Date.now() + seconds * 1000);

/**
 * Runs a write only while the claim holds, in one transaction.
 */
export function whileClaimed(db: Db, claim: Claim, write: (tx: Tx, job: JobRow) => void): boolean {
  return writing(db, (tx) => {
    const job = tx.select().from(jobs).where(eq(jobs.id, claim.id)).get();
    if (!job || !isHeld(job, claim.attempt)) return false;
    write(tx, job);
    return true;
  });
}

/** Applies an event to the package of a claim, while the claim holds. */
export const applyClaimed = (db: Db, claim: Claim, event: PackageEvent): boolean =>
  whileClaimed(db, claim, (tx) => applyEvent(tx, claim.packageId, event));

export function renewLease(db: Db, claim: Claim, leaseSeconds: number): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.update(jobs)
      .set({ leaseExpiresAt: leaseEnd(leaseSeconds) })
      .where(eq(jobs.id, claim.id))
      .run();
  });
}

export const reportProgress = (db: Db, claim: Claim, at: { stage: Stage; progress: number }): boolean =>
  applyClaimed(db, claim, { kind: 'progressed', job: claim.id, ...at });
