import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { PackageStatus, Stage } from '@/lib/media/status';
import type { PublishedVersion } from '@/lib/media/track';
import type { Db } from '../client';
import { contentKeys, jobs, packages, versions, videos } from '../schema';

type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** Who may write: the job, and the attempt that claimed it (the fencing token). */
export interface Claim {
  id: number;
  attempt: number;
  packageId: number;
}

const leaseEnd = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** Claims the oldest job that has no live lease, and gathers all that its work needs. */
export function claimJob(db: Db, leaseSeconds: number) {
  return db.transaction(
    (tx) => {
      const free = and(
        eq(jobs.cancelRequested, false),
        or(isNull(jobs.leaseExpiresAt), lt(jobs.leaseExpiresAt, new Date())),
      );
      const job = tx.select().from(jobs).where(free).orderBy(asc(jobs.id)).limit(1).get();
      if (!job) return null;
      const attempt = job.attempt + 1;
      tx.update(jobs)
        .set({ attempt, leaseExpiresAt: leaseEnd(leaseSeconds) })
        .where(eq(jobs.id, job.id))
        .run();
      tx.update(packages)
        .set({ status: 'processing', stage: 'probe', progress: 0, errorCode: null, errorMessage: null })
        .where(eq(packages.id, job.packageId))
        .run();
      return describeWork(tx, job.id, attempt, job.packageId);
    },
    { behavior: 'immediate' },
  );
}

function describeWork(tx: Tx, id: number, attempt: number, packageId: number) {
  const found = tx
    .select()
    .from(packages)
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .where(eq(packages.id, packageId))
    .get();
  if (!found) throw new Error(`Job ${id} has no package; the foreign key should not allow that.`);
  const { packages: row, videos: video } = found;
  const wrappedKeys = tx
    .select({ kidHex: contentKeys.kidHex, wrappedKey: contentKeys.wrappedKey })
    .from(contentKeys)
    .where(eq(contentKeys.packageId, packageId))
    .orderBy(contentKeys.id)
    .all();
  return {
    id,
    attempt,
    packageId,
    mediaId: row.mediaId,
    scheme: row.scheme,
    versionNumber: (row.currentVersion ?? 0) + 1,
    source: { storageKey: video.storageKey, name: video.name, probe: video.probe },
    wrappedKeys,
  };
}

/** Runs a write only while the claim holds; in one immediate transaction, so that nothing comes between. */
function whileClaimed(db: Db, claim: Claim, write: (tx: Tx) => void): boolean {
  return db.transaction(
    (tx) => {
      const held = and(
        eq(jobs.id, claim.id),
        eq(jobs.attempt, claim.attempt),
        eq(jobs.cancelRequested, false),
      );
      if (!tx.select({ id: jobs.id }).from(jobs).where(held).get()) return false;
      write(tx);
      return true;
    },
    { behavior: 'immediate' },
  );
}

export function prolongLease(db: Db, claim: Claim, leaseSeconds: number): boolean {
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

export function publishVersion(db: Db, claim: Claim, version: PublishedVersion): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.insert(versions)
      .values({ ...version, packageId: claim.packageId })
      .run();
    tx.update(packages).set({ currentVersion: version.number }).where(eq(packages.id, claim.packageId)).run();
  });
}

export function completeJob(db: Db, claim: Claim): boolean {
  return settle(db, claim, { status: 'ready', progress: 1, readyAt: new Date() });
}

export function failJob(db: Db, claim: Claim, failure: { code: string; message: string }): boolean {
  return settle(db, claim, { status: 'failed', errorCode: failure.code, errorMessage: failure.message });
}

type Settled = Partial<typeof packages.$inferInsert> & { status: PackageStatus };

function settle(db: Db, claim: Claim, state: Settled): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.update(packages)
      .set({ ...state, stage: null })
      .where(eq(packages.id, claim.packageId))
      .run();
    tx.delete(jobs).where(eq(jobs.id, claim.id)).run();
  });
}

export function releaseJob(db: Db, claim: Claim): boolean {
  return whileClaimed(db, claim, (tx) => {
    tx.update(jobs).set({ leaseExpiresAt: null }).where(eq(jobs.id, claim.id)).run();
    tx.update(packages).set({ status: 'queued', stage: null }).where(eq(packages.id, claim.packageId)).run();
  });
}

/** At start no worker of this process runs: every lease is a dead one's, and its job is free again. */
export function freeAllLeases(db: Db): void {
  db.transaction(
    (tx) => {
      tx.update(jobs).set({ leaseExpiresAt: null }).run();
      tx.update(packages)
        .set({ status: 'queued', stage: null })
        .where(eq(packages.status, 'processing'))
        .run();
    },
    { behavior: 'immediate' },
  );
}
