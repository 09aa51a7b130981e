import { and, asc, eq, gte, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm';
import type { KeyLabel } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import type { PackageStatus, Stage } from '@/lib/media/status';
import type { Publication } from '@/lib/media/track';
import type { Db } from '../client';
import { contentKeys, jobs, packages, texts, versions, videos } from '../schema';

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
      // One job of a package at a time: each works on what the one before has published.
      const busy = tx.select({ id: jobs.packageId }).from(jobs).where(gte(jobs.leaseExpiresAt, new Date()));
      const job = tx
        .select()
        .from(jobs)
        .where(and(free, notInArray(jobs.packageId, busy)))
        .orderBy(asc(jobs.id))
        .limit(1)
        .get();
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
      return describeWork(tx, job, attempt);
    },
    { behavior: 'immediate' },
  );
}

function describeWork(tx: Tx, job: typeof jobs.$inferSelect, attempt: number) {
  const { id, packageId, task } = job;
  const found = tx
    .select()
    .from(packages)
    .innerJoin(videos, eq(videos.id, packages.videoId))
    .leftJoin(
      versions,
      and(eq(versions.packageId, packages.id), eq(versions.number, packages.currentVersion)),
    )
    .where(eq(packages.id, packageId))
    .get();
  if (!found) throw new Error(`Job ${id} has no package; the foreign key should not allow that.`);
  const { packages: row, videos: video, versions: current } = found;
  const keys = tx
    .select()
    .from(contentKeys)
    .where(eq(contentKeys.packageId, packageId))
    .orderBy(contentKeys.id)
    .all();
  const used = keys.filter((key) => key.state === 'used');
  const waiting = keys.filter((key) => key.state === 'waiting');
  return {
    id,
    attempt,
    packageId,
    task,
    mediaId: row.mediaId,
    scheme: row.scheme,
    keyMode: row.keyMode,
    signalling: row.signalling,
    current,
    hasDownload: row.downloadFolder !== null,
    versionNumber: (row.currentVersion ?? 0) + 1,
    source: { storageKey: video.storageKey, name: video.name, probe: video.probe },
    texts: tx.select().from(texts).where(eq(texts.videoId, video.id)).orderBy(texts.id).all(),
    keys: waiting.length > 0 ? waiting : used,
    currentKeys: used,
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

export function publish(db: Db, claim: Claim, { version, download }: Publication): boolean {
  return whileClaimed(db, claim, (tx) => {
    const { packageId } = claim;
    const change = (set: Partial<typeof packages.$inferInsert>) =>
      tx.update(packages).set(set).where(eq(packages.id, packageId)).run();
    if (version) {
      const { number, tracks, sizeBytes, durationSeconds, notCarried } = version;
      tx.insert(versions).values({ packageId, number, tracks, sizeBytes, durationSeconds, notCarried }).run();
      takeWaitingKeys(tx, packageId);
      change({ currentVersion: number });
    }
    if (download) change({ downloadFolder: download.folder, downloadBytes: download.sizeBytes });
  });
}

/** New keys come into use with the first version that is encrypted with them; viewers of an older one still ask for theirs. */
function takeWaitingKeys(tx: Tx, packageId: number): void {
  const ofPackage = (state: 'waiting' | 'used') =>
    and(eq(contentKeys.packageId, packageId), eq(contentKeys.state, state));
  if (!tx.select({ id: contentKeys.id }).from(contentKeys).where(ofPackage('waiting')).get()) return;
  tx.update(contentKeys).set({ state: 'older' }).where(ofPackage('used')).run();
  tx.update(contentKeys).set({ state: 'used' }).where(ofPackage('waiting')).run();
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
    tx.delete(jobs).where(eq(jobs.id, claim.id)).run();
    // Keys that no version came to use are of no use to the next.
    tx.delete(contentKeys)
      .where(and(eq(contentKeys.packageId, claim.packageId), eq(contentKeys.state, 'waiting')))
      .run();
    if (state.status === 'failed') dropHopelessJobs(tx, claim.packageId);
    const next = tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, claim.packageId)).get();
    const waiting = { status: 'queued', progress: 0, errorCode: null, errorMessage: null } as const;
    tx.update(packages)
      .set({ ...state, ...(next ? waiting : {}), stage: null })
      .where(eq(packages.id, claim.packageId))
      .run();
  });
}

/** What was to be done with a package that never came to be cannot be done either, and must not hide the reason. */
function dropHopelessJobs(tx: Tx, packageId: number): void {
  const unpublished = and(eq(packages.id, packageId), isNull(packages.currentVersion));
  if (tx.select({ id: packages.id }).from(packages).where(unpublished).get()) {
    tx.delete(jobs).where(eq(jobs.packageId, packageId)).run();
  }
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

/** Asks for one more piece of work on a package; new keys come with it when the work is to use them. */
export function insertJob(
  db: Db,
  packageId: number,
  task: JobTask,
  newKeys: { label: KeyLabel; kidHex: string; wrappedKey: string }[] = [],
): void {
  db.transaction(
    (tx) => {
      tx.insert(jobs).values({ packageId, task }).run();
      if (newKeys.length > 0) {
        tx.insert(contentKeys)
          .values(newKeys.map((key) => ({ ...key, packageId, state: 'waiting' as const })))
          .run();
      }
      tx.update(packages)
        .set({ status: 'queued', progress: 0, errorCode: null, errorMessage: null })
        .where(and(eq(packages.id, packageId), ne(packages.status, 'processing')))
        .run();
    },
    { behavior: 'immediate' },
  );
}

/** Whether there is work on a package that is not done. */
export function hasJob(db: Db, packageId: number): boolean {
  return db.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, packageId)).get() !== undefined;
}
