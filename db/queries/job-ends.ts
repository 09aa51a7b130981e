import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Checksums, Publication } from '@/lib/media/track';
import type { Db } from '../client';
import { contentKeys, jobs, packages, versions, videos } from '../schema';
import { type Claim, type JobRow, type Tx, whileClaimed } from './claim';

export interface JobFailure {
  code: string;
  message: string;
}

export function publish(db: Db, claim: Claim, { version, download, last }: Publication): boolean {
  return whileClaimed(db, claim, (tx, { task }) => {
    const { packageId } = claim;
    const change = (set: Partial<typeof packages.$inferInsert>) =>
      tx.update(packages).set(set).where(eq(packages.id, packageId)).run();
    if (version) {
      const { number, tracks, sizeBytes, durationSeconds, notCarried } = version;
      tx.insert(versions).values({ packageId, number, tracks, sizeBytes, durationSeconds, notCarried }).run();
      if (task.kind === 'rekey') takeWaitingKeys(tx, packageId, number, task.revoke === true);
      if (task.kind === 'package') keepDuration(tx, packageId, durationSeconds);
      change({ currentVersion: number });
    }
    if (download)
      change({ downloadFolder: download.folder, downloadBytes: download.sizeBytes, downloadSha256: null });
    if (last) {
      const published = { version: version?.number ?? null, download: download?.folder ?? null };
      const finish = { kind: 'finish' as const, ...published, removes: last.removes, before: task.before };
      tx.update(jobs).set({ task: finish }).where(eq(jobs.id, claim.id)).run();
    }
  });
}

/** Replaces the duration of the file's header, which may be wrong, with that of the published version. */
const keepDuration = (tx: Tx, packageId: number, durationSeconds: number) =>
  changeVideo(tx, packageId, { durationSeconds });

function changeVideo(tx: Tx, packageId: number, set: Partial<typeof videos.$inferInsert>): void {
  const videoId = tx.select({ id: packages.videoId }).from(packages).where(eq(packages.id, packageId));
  tx.update(videos).set(set).where(inArray(videos.id, videoId)).run();
}

export function recordProbe(db: Db, claim: Claim, probe: SourceProbe): boolean {
  return whileClaimed(db, claim, (tx) => changeVideo(tx, claim.packageId, { probe }));
}

export function recordChecksums(db: Db, claim: Claim, { version, downloadSha256 }: Checksums): boolean {
  return whileClaimed(db, claim, (tx) => {
    const { packageId } = claim;
    if (version) {
      const ofPackage = and(eq(versions.packageId, packageId), eq(versions.number, version.number));
      tx.update(versions).set({ checksums: version.files }).where(ofPackage).run();
    }
    if (downloadSha256) tx.update(packages).set({ downloadSha256 }).where(eq(packages.id, packageId)).run();
  });
}

/**
 * Brings new keys into use, with the first version that is encrypted with them. Viewers of older versions
 * still get licenses for the older keys, unless these are revoked: then older keys and versions end here, and
 * their files have no row any more.
 */
function takeWaitingKeys(tx: Tx, packageId: number, number: number, isRevoking: boolean): void {
  const ofPackage = (...states: (typeof contentKeys.$inferSelect)['state'][]) =>
    and(eq(contentKeys.packageId, packageId), inArray(contentKeys.state, states));
  if (!tx.select({ id: contentKeys.id }).from(contentKeys).where(ofPackage('waiting')).get()) return;
  if (isRevoking) {
    tx.update(contentKeys).set(retired).where(ofPackage('used', 'older')).run();
    tx.delete(versions)
      .where(and(eq(versions.packageId, packageId), lt(versions.number, number)))
      .run();
  } else {
    const older = { state: 'older', lastVersion: number - 1 } as const;
    tx.update(contentKeys).set(older).where(ofPackage('used')).run();
  }
  tx.update(contentKeys).set({ state: 'used' }).where(ofPackage('waiting')).run();
}

/** The remaining columns of a key that is not given out any more. */
export const retired = { state: 'retired', wrappedKey: '' } as const;

type Settled = Pick<
  typeof packages.$inferInsert,
  'status' | 'progress' | 'readyAt' | 'errorCode' | 'errorMessage'
>;

export function completeJob(db: Db, claim: Claim): boolean {
  return whileClaimed(db, claim, (tx, job) =>
    settleJob(tx, job, { ...standingAfter(job), readyAt: new Date() }),
  );
}

export function failJob(db: Db, claim: Claim, failure: JobFailure): boolean {
  return whileClaimed(db, claim, (tx, job) => settleJob(tx, job, failed(job, failure)));
}

/** A change that failed leaves the package as it was. */
export const failed = (job: JobRow, { code, message }: JobFailure): Settled => ({
  ...(job.task.kind === 'package' ? { status: 'failed' } : standingAfter(job)),
  errorCode: code,
  errorMessage: message,
});

/**
 * The state of a package after work on it is done or canceled: ready, unless it was failed or canceled
 * before.
 */
const standingAfter = ({ task }: JobRow): Settled => task.before ?? { status: 'ready', progress: 1 };

/** Ends a job that was canceled while a worker ran it; only the worker that holds this claim may do so. */
export function endCanceledJob(db: Db, claim: Claim): boolean {
  return db.transaction(
    (tx) => {
      const asked = and(
        eq(jobs.id, claim.id),
        eq(jobs.attempt, claim.attempt),
        eq(jobs.cancelRequested, true),
      );
      const job = tx.select().from(jobs).where(asked).get();
      if (job) settleCanceled(tx, job);
      return job !== undefined;
    },
    { behavior: 'immediate' },
  );
}

/** A canceled change leaves the package as it was. */
export function settleCanceled(tx: Tx, job: JobRow): void {
  settleJob(tx, job, job.task.kind === 'package' ? { status: 'canceled' } : standingAfter(job));
}

/** Removes a job that has ended, and writes the outcome to its package. */
export function settleJob(tx: Tx, job: JobRow, state: Settled): void {
  const { packageId } = job;
  tx.delete(jobs).where(eq(jobs.id, job.id)).run();
  dropUnusedKeys(tx, job);
  if (state.status !== 'ready') {
    dropHopelessJobs(tx, packageId);
    updateWaitingJobs(tx, packageId, state);
  }
  const next = tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.packageId, packageId)).get();
  const waiting = { status: 'queued', progress: 0, errorCode: null, errorMessage: null } as const;
  tx.update(packages)
    .set({ ...state, ...(next ? waiting : {}), stage: null })
    .where(eq(packages.id, packageId))
    .run();
}

/** Deletes new keys that no version uses once the job that was to use them is gone. */
export function dropUnusedKeys(tx: Tx, { task, packageId }: JobRow): void {
  if (task.kind !== 'rekey') return;
  const unused = and(eq(contentKeys.packageId, packageId), eq(contentKeys.state, 'waiting'));
  tx.delete(contentKeys).where(unused).run();
}

/**
 * Deletes the other jobs of a package that was never published: they cannot succeed, and would hide the
 * reason.
 */
function dropHopelessJobs(tx: Tx, packageId: number): void {
  const unpublished = and(eq(packages.id, packageId), isNull(packages.currentVersion));
  if (tx.select({ id: packages.id }).from(packages).where(unpublished).get()) {
    tx.delete(jobs).where(eq(jobs.packageId, packageId)).run();
  }
}

/**
 * Makes changes that wait behind failed or canceled work keep that status, so that the work can be requested
 * again.
 */
function updateWaitingJobs(tx: Tx, packageId: number, { status, errorCode, errorMessage }: Settled): void {
  if (status !== 'failed' && status !== 'canceled') return;
  const before = { status, errorCode: errorCode ?? null, errorMessage: errorMessage ?? null };
  for (const { id, task } of tx.select().from(jobs).where(eq(jobs.packageId, packageId)).all())
    tx.update(jobs)
      .set({ task: { ...task, before } })
      .where(eq(jobs.id, id))
      .run();
}

/** Releases a job that its worker had to leave, such as at a stop of the server; this is not a failure. */
export function releaseJob(db: Db, claim: Claim): boolean {
  return whileClaimed(db, claim, (tx) => waitAgain(tx, claim, {}, {}));
}

/** Releases a job after a temporary fault: it waits for its next attempt, and its package says why. */
export function postponeJob(db: Db, claim: Claim, failure: JobFailure, seconds: number): boolean {
  return whileClaimed(db, claim, (tx, { failures }) =>
    waitAgain(
      tx,
      claim,
      { failures: failures + 1, notBefore: new Date(Date.now() + seconds * 1000) },
      { errorCode: failure.code, errorMessage: failure.message },
    ),
  );
}

function waitAgain(
  tx: Tx,
  claim: Claim,
  job: Partial<JobRow>,
  row: Partial<typeof packages.$inferInsert>,
): void {
  tx.update(jobs)
    .set({ ...job, leaseExpiresAt: null })
    .where(eq(jobs.id, claim.id))
    .run();
  tx.update(packages)
    .set({ ...row, status: 'queued', stage: null })
    .where(eq(packages.id, claim.packageId))
    .run();
}
