import type { Claim, JobQueue, PackagingJob } from '@/lib/jobs/queue';
import { attemptsExhausted, maxAttempts } from '@/lib/jobs/retry-policy';
import { isCanceledClaim, isHeld, type PackageEvent } from '@/lib/lifecycle/lifecycle';
import type { PublishedVersion } from '@/lib/media/track';
import type { MemoryJob, MemoryTables } from './memory-tables';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const leaseSeconds = 30;

/** A queue in memory, beside memoryLedger of the same tables. */
export function memoryQueue(tables: MemoryTables): JobQueue {
  const { jobs, events } = tables;
  const applyClaimed = (claim: Claim, event: PackageEvent) => {
    if (!holds(tables, claim)) return false;
    tables.apply(claim.packageId, event);
    return true;
  };
  return {
    waitForWork: (milliseconds) => events.waitForWork(milliseconds),
    onCancel: (listener) => events.onCancel(listener),
    claim: async (holder) => structuredClone(claim(tables, holder)),
    async heartbeat({ id, ...claim }) {
      const job = jobs.get(id);
      if (!job || !holds(tables, { id, ...claim })) return false;
      jobs.set(id, { ...job, leaseExpiresAt: inSeconds(leaseSeconds) });
      return true;
    },
    report: async (claim, at) => applyClaimed(claim, { kind: 'progressed', job: claim.id, ...at }),
    complete: async (claim) => applyClaimed(claim, { kind: 'completed', job: claim.id, at: new Date() }),
    fail: async (claim, failure) => applyClaimed(claim, { kind: 'failed', job: claim.id, failure }),
    postpone: async (claim, failure, seconds) =>
      applyClaimed(claim, { kind: 'postponed', job: claim.id, failure, until: inSeconds(seconds) }),
    release: async (claim) => applyClaimed(claim, { kind: 'released', job: claim.id }),
    async endCanceled({ id, attempt, packageId }) {
      const job = jobs.get(id);
      if (!job || !isCanceledClaim(job, attempt)) return false;
      tables.apply(packageId, { kind: 'canceled', job: id });
      return true;
    },
    async releaseDead(living) {
      for (const { id, packageId, holder, leaseExpiresAt } of [...jobs.values()])
        if (leaseExpiresAt && !living.includes(holder ?? ''))
          tables.apply(packageId, { kind: 'worker-lost', job: id });
    },
    async cancel(packageId) {
      if (tables.jobsOf(packageId).length === 0) return false;
      tables.apply(packageId, { kind: 'cancel-requested' });
      events.announceCancel();
      return true;
    },
    async prioritize(packageId, priority) {
      const found = tables.jobsOf(packageId);
      for (const job of found) jobs.set(job.id, { ...job, priority });
      return found.length > 0;
    },
    tasksOf: async (packageId) => structuredClone(tables.jobsOf(packageId).map(({ task }) => task)),
  };
}

/** Whether a claim may still write. */
export function holds({ jobs }: MemoryTables, { id, attempt }: Claim): boolean {
  const job = jobs.get(id);
  return job !== undefined && isHeld(job, attempt);
}

/** The place of a job in the queue, for sorting. */
export const byPriority = (a: MemoryJob, b: MemoryJob) => b.priority - a.priority || a.id - b.id;
export const isDue = ({ notBefore }: MemoryJob) => notBefore === null || notBefore <= new Date();

function claim(tables: MemoryTables, holder: string): PackagingJob | null {
  for (let job = nextJob(tables); job; job = nextJob(tables)) {
    const { id, packageId } = job;
    const rules = { maxAttempts, exhausted: attemptsExhausted };
    tables.apply(packageId, { kind: 'claimed', job: id, leaseEnds: inSeconds(leaseSeconds), ...rules });
    const claimed = tables.jobs.get(id);
    if (!claimed) continue;
    tables.jobs.set(id, { ...claimed, holder });
    return describeWork(tables, claimed);
  }
  return null;
}

/** The jobs of a package run in order. */
function nextJob(tables: MemoryTables): MemoryJob | undefined {
  const isFree = ({ leaseExpiresAt }: MemoryJob) => leaseExpiresAt === null || leaseExpiresAt < new Date();
  const isFirst = ({ id, packageId }: MemoryJob) => tables.jobsOf(packageId)[0]?.id === id;
  const ready = [...tables.jobs.values()].filter((job) => isFree(job) && isDue(job) && isFirst(job));
  return ready.toSorted(byPriority)[0];
}

function describeWork(tables: MemoryTables, job: MemoryJob): PackagingJob {
  const { id, attempt, failures, packageId, task } = job;
  const row = tables.packages.get(packageId);
  const video = row && tables.videos.get(row.videoId);
  if (!video) throw new Error(`Job ${id} has no package.`);
  const { mediaId, scheme, keyMode, signalling, currentVersion, downloadFolder } = row;
  const served = tables.versionsOf(packageId).find(({ number }) => number === currentVersion) ?? null;
  const isAnew = task.kind === 'package' && task.anew === true;
  const keysIn = (wanted: string) =>
    tables
      .keysOf(packageId)
      .filter(({ state }) => state === wanted)
      .map(({ label, kidHex, wrappedKey }) => ({ label, kidHex, wrappedKey }));
  const texts = [...tables.texts.values()].filter(({ videoId }) => videoId === video.id);
  const waiting = task.kind === 'rekey' ? keysIn('waiting') : [];
  return {
    ...{ id, attempt, failures, packageId, mediaId, task, scheme, keyMode, signalling },
    current: isAnew || !served ? null : publishedVersion(served),
    hasDownload: !isAnew && downloadFolder !== null,
    servedDownload: downloadFolder,
    versionNumber: (currentVersion ?? 0) + 1,
    source: { storageKey: video.storageKey, name: video.name, probe: video.probe },
    texts: texts.map(({ videoId: _, createdAt: __, ...text }) => text),
    keys: waiting.length > 0 ? waiting : keysIn('used'),
    currentKeys: keysIn('used'),
  };
}

/** A version without what only the ledger knows of it. */
export function publishedVersion(version: PublishedVersion): PublishedVersion {
  const { number, folder, tracks, sizeBytes, durationSeconds, notCarried } = version;
  return { number, folder, tracks, sizeBytes, durationSeconds, notCarried };
}
