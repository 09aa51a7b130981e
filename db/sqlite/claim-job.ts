import { aliasedTable, and, asc, desc, eq, exists, isNotNull, isNull, lt, lte, not, or } from 'drizzle-orm';
import type { PackagingJob } from '@/lib/jobs/queue';
import type { Failure } from '@/lib/lifecycle/lifecycle';
import { type JobRow, leaseEnd, publishedVersion } from './claim';
import type { Db } from './client';
import { applyEvent, type Tx, writing } from './life';
import { contentKeys, jobs, packages, texts, versions, videos } from './schema';

/** How long a claim lasts, and how a job ends that was claimed too often. */
interface ClaimRules {
  /** The name of the process that claims. */
  holder: string;
  leaseSeconds: number;
  maxAttempts: number;
  attemptsExhausted: Failure;
}

/** Claims the first free job in the queue, and returns everything that its work needs. */
export function claimJob(db: Db, rules: ClaimRules): PackagingJob | null {
  const { holder, leaseSeconds, maxAttempts, attemptsExhausted: exhausted } = rules;
  return writing(db, (tx) => {
    // A job that was canceled, or whose attempts are exhausted, ends instead.
    for (let job = nextJob(tx); job; job = nextJob(tx)) {
      const leaseEnds = leaseEnd(leaseSeconds);
      applyEvent(tx, job.packageId, { kind: 'claimed', job: job.id, leaseEnds, maxAttempts, exhausted });
      const [claimed] = tx.update(jobs).set({ holder }).where(eq(jobs.id, job.id)).returning().all();
      if (claimed) return describeWork(tx, claimed);
    }
    return null;
  });
}

function nextJob(tx: Tx): JobRow | undefined {
  const now = new Date();
  const isFree = or(isNull(jobs.leaseExpiresAt), lt(jobs.leaseExpiresAt, now));
  const isDue = or(isNull(jobs.notBefore), lte(jobs.notBefore, now));
  // The jobs of a package run in order: each builds on the version that the one before has published.
  const earlier = aliasedTable(jobs, 'earlier');
  const ofPackage = and(eq(earlier.packageId, jobs.packageId), lt(earlier.id, jobs.id));
  const isFirst = not(exists(tx.select({ id: earlier.id }).from(earlier).where(ofPackage)));
  return tx
    .select()
    .from(jobs)
    .where(and(isFree, isDue, isFirst))
    .orderBy(desc(jobs.priority), asc(jobs.id))
    .limit(1)
    .get();
}

function describeWork(tx: Tx, { id, packageId, task, failures, attempt }: JobRow): PackagingJob {
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
  const { packages: row, videos: video, versions: served } = found;
  const isAnew = task.kind === 'package' && task.anew === true;
  const used = keysOf(tx, packageId, 'used');
  const waiting = task.kind === 'rekey' ? keysOf(tx, packageId, 'waiting') : [];
  return {
    id,
    attempt,
    failures,
    packageId,
    task,
    mediaId: row.mediaId,
    scheme: row.scheme,
    keyMode: row.keyMode,
    signalling: row.signalling,
    current: isAnew || !served ? null : publishedVersion(served),
    hasDownload: !isAnew && row.downloadFolder !== null,
    servedDownload: row.downloadFolder,
    versionNumber: (row.currentVersion ?? 0) + 1,
    source: { storageKey: video.storageKey, name: video.name, probe: video.probe },
    texts: textsOf(tx, video.id),
    keys: waiting.length > 0 ? waiting : used,
    currentKeys: used,
  };
}

const keysOf = (tx: Tx, packageId: number, state: 'used' | 'waiting') =>
  tx
    .select({ label: contentKeys.label, kidHex: contentKeys.kidHex, wrappedKey: contentKeys.wrappedKey })
    .from(contentKeys)
    .where(and(eq(contentKeys.packageId, packageId), eq(contentKeys.state, state)))
    .orderBy(contentKeys.id)
    .all();

function textsOf(tx: Tx, videoId: number) {
  const { id, language, label, role, storageKey } = texts;
  const rows = tx.select({ id, language, label, role, storageKey }).from(texts);
  return rows.where(eq(texts.videoId, videoId)).orderBy(id).all();
}

/** Frees the jobs of all processes but the living ones. */
export function freeDeadLeases(db: Db, living: readonly string[]): void {
  writing(db, (tx) => {
    const leased = tx.select().from(jobs).where(isNotNull(jobs.leaseExpiresAt)).all();
    const dead = leased.filter(({ holder }) => holder === null || !living.includes(holder));
    for (const { id, packageId } of dead) applyEvent(tx, packageId, { kind: 'worker-lost', job: id });
  });
}
