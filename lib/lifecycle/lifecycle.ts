import type { Finish, JobTask } from '@/lib/media/job-task';
import type { PackageStatus, Stage } from '@/lib/media/status';

/** The state of a package, and of everything whose life depends on it. Times are dates. */
export interface PackageLife {
  status: PackageStatus;
  stage: Stage | null;
  progress: number;
  /** The version that is served; null until the first is published. */
  currentVersion: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  readyAt: Date | null;
  /** Waiting and running work, in the order in which it was requested. */
  jobs: readonly JobLife[];
  keys: readonly KeyLife[];
  /** The numbers of all versions that still exist. */
  versions: readonly number[];
}

export interface JobLife {
  /** Null for a job that has just been requested. */
  id: number | null;
  task: JobTask;
  attempt: number;
  failures: number;
  /** Set while a worker runs it. */
  leaseExpiresAt: Date | null;
  notBefore: Date | null;
  cancelRequested: boolean;
}

interface KeyLife {
  id: number;
  /** See the column in db/sqlite/schema.ts. */
  state: 'waiting' | 'used' | 'older' | 'retired';
  lastVersion: number | null;
}

export interface Failure {
  code: string;
  message: string;
}

/** What happens to a package. `job` is the id of the job concerned. */
export type PackageEvent =
  | { kind: 'requested'; task: JobTask }
  | { kind: 'cancel-requested' }
  | { kind: 'claimed'; job: number; leaseEnds: Date; maxAttempts: number; exhausted: Failure }
  | { kind: 'progressed'; job: number; stage: Stage; progress: number }
  | { kind: 'published'; job: number; version: number | null; last: Published | null }
  | { kind: 'completed'; job: number; at: Date }
  | { kind: 'failed'; job: number; failure: Failure }
  | { kind: 'postponed'; job: number; failure: Failure; until: Date }
  | { kind: 'released'; job: number }
  | { kind: 'canceled'; job: number }
  | { kind: 'worker-lost'; job: number };

/** What the last publication of a job leaves to be finished. */
type Published = Pick<Finish, 'version' | 'download' | 'removes'>;

/**
 * The state of a package after an event; the same state where the event changes nothing. The only place that
 * decides how packages, jobs, keys and versions live and end.
 */
export function after(life: PackageLife, event: PackageEvent): PackageLife {
  if (event.kind === 'requested') return requested(life, event.task);
  if (event.kind === 'cancel-requested') return cancelRequested(life);
  const job = life.jobs.find(({ id }) => id === event.job);
  if (!job) return life;
  switch (event.kind) {
    case 'claimed':
      return claimed(life, job, event);
    case 'progressed':
      return { ...life, stage: event.stage, progress: Math.max(life.progress, event.progress) };
    case 'published':
      return published(life, job, event);
    case 'completed':
      return settled(life, job, { ...standingAfter(job), readyAt: event.at });
    case 'failed':
      return settled(life, job, failed(job, event.failure));
    case 'canceled':
      return settled(life, job, canceled(job));
    case 'postponed': {
      const { code: errorCode, message: errorMessage } = event.failure;
      const later = { failures: job.failures + 1, notBefore: event.until };
      return { ...waitingAgain(life, job, later), errorCode, errorMessage };
    }
    case 'released':
      return waitingAgain(life, job, {});
    case 'worker-lost':
      return waitingAgain(life, job, { failures: job.failures + 1 });
  }
}

/** Whether a worker that claimed a job with this attempt may still write: the fence of all its writes. */
export const isHeld = (job: JobLife, attempt: number): boolean =>
  job.attempt === attempt && job.leaseExpiresAt !== null && !job.cancelRequested;

/** Whether a worker that claimed a job with this attempt is to end it as canceled. */
export const isCanceledClaim = (job: JobLife, attempt: number): boolean =>
  job.attempt === attempt && job.cancelRequested;

type Outcome = Pick<PackageLife, 'status'> & Partial<PackageLife>;

const queued = { status: 'queued', progress: 0, errorCode: null, errorMessage: null } as const;

/**
 * A change of a failed or canceled package records that in its task: it must not hide it, so that the missing
 * work can still be requested.
 */
function requested(life: PackageLife, task: JobTask): PackageLife {
  const { status, errorCode, errorMessage } = life;
  const before =
    status === 'failed' || status === 'canceled'
      ? { status, errorCode, errorMessage }
      : life.jobs.find((job) => job.task.before)?.task.before;
  const job: JobLife = {
    id: null,
    task: before && task.kind !== 'package' ? { ...task, before } : task,
    ...{ attempt: 0, failures: 0, leaseExpiresAt: null, notBefore: null, cancelRequested: false },
  };
  return { ...life, ...(status === 'processing' ? {} : queued), jobs: [...life.jobs, job] };
}

/**
 * Waiting jobs end at once, running ones are marked, and their worker ends them. The newest ends first: the
 * last one to end decides the package's status.
 */
function cancelRequested(life: PackageLife): PackageLife {
  const isRunning = (job: JobLife) => job.leaseExpiresAt !== null;
  const waiting = life.jobs.filter((job) => !isRunning(job)).toReversed();
  if (waiting.length === life.jobs.length)
    return waiting.reduce((now, job) => settled(now, job, canceled(job)), life);
  const left = waiting.reduce((now, job) => without(now, job), life);
  return { ...left, jobs: left.jobs.map((job) => ({ ...job, cancelRequested: true })) };
}

function claimed(
  life: PackageLife,
  job: JobLife,
  { leaseEnds, maxAttempts, exhausted }: Extract<PackageEvent, { kind: 'claimed' }>,
): PackageLife {
  // An expired lease belonged to a worker that died.
  const failures = job.failures + (job.leaseExpiresAt ? 1 : 0);
  if (job.cancelRequested) return settled(life, job, canceled(job));
  if (failures >= maxAttempts) return settled(life, job, failed(job, exhausted));
  const taken = { attempt: job.attempt + 1, failures, leaseExpiresAt: leaseEnds, notBefore: null };
  return { ...changed(life, job, taken), ...queued, status: 'processing', stage: 'probe' };
}

function published(
  life: PackageLife,
  job: JobLife,
  { version, last }: Extract<PackageEvent, { kind: 'published' }>,
): PackageLife {
  const { task } = job;
  const withVersion =
    version === null ? life : { ...life, currentVersion: version, versions: [...life.versions, version] };
  const withKeys =
    version !== null && task.kind === 'rekey'
      ? taken(withVersion, version, task.revoke === true)
      : withVersion;
  if (!last) return withKeys;
  const { before } = task;
  return changed(withKeys, job, { task: { kind: 'finish', ...last, before } });
}

/**
 * New keys come into use with the first version that is encrypted with them. Viewers of older versions still
 * get licenses for the older keys, unless these are revoked: then older keys and versions end here.
 */
function taken(life: PackageLife, version: number, isRevoking: boolean): PackageLife {
  if (!life.keys.some(({ state }) => state === 'waiting')) return life;
  const keys = life.keys.map((key): KeyLife => {
    if (key.state === 'waiting') return { ...key, state: 'used' };
    if (isRevoking && key.state !== 'retired') return { ...key, state: 'retired' };
    return key.state === 'used' ? { ...key, state: 'older', lastVersion: version - 1 } : key;
  });
  const versions = isRevoking ? life.versions.filter((number) => number >= version) : life.versions;
  return { ...life, keys, versions };
}

/**
 * The state of a package after work on it is done or canceled: ready, unless it was failed or canceled
 * before.
 */
const standingAfter = ({ task }: JobLife): Outcome => task.before ?? { status: 'ready', progress: 1 };

/** A change that failed leaves the package as it was. */
const failed = (job: JobLife, { code, message }: Failure): Outcome => ({
  ...(job.task.kind === 'package' ? { status: 'failed' } : standingAfter(job)),
  errorCode: code,
  errorMessage: message,
});

/** A canceled change leaves the package as it was. */
const canceled = (job: JobLife): Outcome =>
  job.task.kind === 'package' ? { status: 'canceled' } : standingAfter(job);

/** Ends a job, with an outcome for its package; work that waits behind it makes the package wait again. */
function settled(life: PackageLife, job: JobLife, outcome: Outcome): PackageLife {
  const rest = without(life, job);
  const jobs = outcome.status === 'ready' ? rest.jobs : left(rest, outcome);
  return { ...rest, ...outcome, ...(jobs.length > 0 ? queued : {}), stage: null, jobs };
}

/**
 * The jobs behind failed or canceled work. Where nothing was ever published they cannot succeed, and would
 * hide the reason; otherwise they keep that status, so that the work can be requested again.
 */
function left({ jobs, currentVersion }: PackageLife, outcome: Outcome): readonly JobLife[] {
  if (currentVersion === null) return [];
  const { status, errorCode = null, errorMessage = null } = outcome;
  if (status !== 'failed' && status !== 'canceled') return jobs;
  return jobs.map((job) => ({ ...job, task: { ...job.task, before: { status, errorCode, errorMessage } } }));
}

/** Without a job, and without new keys that only it was to use. */
function without(life: PackageLife, job: JobLife): PackageLife {
  const jobs = life.jobs.filter(({ id }) => id !== job.id);
  const keys = job.task.kind === 'rekey' ? life.keys.filter(({ state }) => state !== 'waiting') : life.keys;
  return { ...life, jobs, keys };
}

const changed = (life: PackageLife, job: JobLife, change: Partial<JobLife>): PackageLife => ({
  ...life,
  jobs: life.jobs.map((other) => (other === job ? { ...job, ...change } : other)),
});

const waitingAgain = (life: PackageLife, job: JobLife, change: Partial<JobLife>): PackageLife => ({
  ...changed(life, job, { ...change, leaseExpiresAt: null }),
  status: 'queued',
  stage: null,
});
