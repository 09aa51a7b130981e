import { and, eq, inArray } from 'drizzle-orm';
import type { Claim } from '@/lib/jobs/queue';
import { type Failure, isCanceledClaim } from '@/lib/lifecycle/lifecycle';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Checksums, Publication } from '@/lib/media/track';
import { applyClaimed, publishedVersion, whileClaimed } from './claim';
import type { Db } from './client';
import { applyEvent, type Tx, writing } from './life';
import { jobs, packages, versions, videos } from './schema';

export function publish(db: Db, claim: Claim, { version, download, last }: Publication): boolean {
  return whileClaimed(db, claim, (tx, { task }) => {
    const { packageId } = claim;
    if (version) {
      const { durationSeconds } = version;
      tx.insert(versions)
        .values({ ...publishedVersion(version), packageId })
        .run();
      // The duration of the file's header may be wrong.
      if (task.kind === 'package') changeVideo(tx, packageId, { durationSeconds });
    }
    if (download) {
      const { folder: downloadFolder, sizeBytes: downloadBytes } = download;
      const set = { downloadFolder, downloadBytes, downloadSha256: null };
      tx.update(packages).set(set).where(eq(packages.id, packageId)).run();
    }
    const made = { version: version?.number ?? null, download: download?.folder ?? null };
    applyEvent(tx, packageId, {
      ...{ kind: 'published', job: claim.id, version: made.version },
      last: last ? { ...made, removes: last.removes } : null,
    });
  });
}

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

export const completeJob = (db: Db, claim: Claim): boolean =>
  applyClaimed(db, claim, { kind: 'completed', job: claim.id, at: new Date() });

export const failJob = (db: Db, claim: Claim, failure: Failure): boolean =>
  applyClaimed(db, claim, { kind: 'failed', job: claim.id, failure });

/** Releases a job that its worker had to leave, such as at a stop of the server; this is not a failure. */
export const releaseJob = (db: Db, claim: Claim): boolean =>
  applyClaimed(db, claim, { kind: 'released', job: claim.id });

/** Releases a job after a temporary fault: it waits for its next attempt, and its package says why. */
export function postponeJob(db: Db, claim: Claim, failure: Failure, seconds: number): boolean {
  const until = new Date(Date.now() + seconds * 1000);
  return applyClaimed(db, claim, { kind: 'postponed', job: claim.id, failure, until });
}

/** Ends a job that was canceled while a worker ran it; only the worker that holds this claim may do so. */
export function endCanceledJob(db: Db, claim: Claim): boolean {
  return writing(db, (tx) => {
    const job = tx.select().from(jobs).where(eq(jobs.id, claim.id)).get();
    if (!job || !isCanceledClaim(job, claim.attempt)) return false;
    applyEvent(tx, claim.packageId, { kind: 'canceled', job: claim.id });
    return true;
  });
}
