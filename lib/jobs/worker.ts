import { log } from '@/lib/base/log';
import { isDiskFull } from '@/lib/storage/disk-full';
import type { JobQueue, PackagingJob } from './queue';
import { backoffSeconds, failureOf, isTransient, maxAttempts } from './retry-policy';

export type Work = (job: PackagingJob, signal: AbortSignal) => Promise<void>;

export interface Worker {
  /** Stops claiming, aborts the current work and returns its jobs; resolves when that is done. */
  stop(): Promise<void>;
}

const idleMilliseconds = 1000;
const heartbeatMilliseconds = 5000;

/**
 * Starts a worker that runs `concurrency` jobs at once: each loop claims a job in the name of `holder`, runs
 * it, reports how it ended, and claims the next, until the worker is stopped.
 */
export function startWorker(
  queue: JobQueue,
  work: Work,
  { holder = 'this process', concurrency = 1 } = {},
): Worker {
  const stopping = new AbortController();
  const ended = Promise.all(
    Array.from({ length: concurrency }, () => loop(queue, work, holder, stopping.signal)),
  );
  return {
    async stop() {
      stopping.abort(new Error('The server stops.'));
      await ended;
    },
  };
}

async function loop(queue: JobQueue, work: Work, holder: string, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const job = await queue.claim(holder);
      if (job) await attempt(queue, work, job, stopping);
      else await queue.waitForWork(idleMilliseconds);
    } catch (error) {
      log().error({ err: error }, 'The worker could not reach its queue; it tries again');
      await queue.waitForWork(idleMilliseconds);
    }
  }
}

/**
 * One attempt at a job. Its lease is renewed meanwhile; when the lease is lost (canceled, deleted), the work
 * is aborted.
 */
async function attempt(queue: JobQueue, work: Work, job: PackagingJob, stopping: AbortSignal): Promise<void> {
  const { lost, stop: stopHeart } = keepLease(queue, job);
  const name = { job: job.id, attempt: job.attempt, package: job.packageId };
  log().info(name, 'Job started');
  try {
    await work(job, AbortSignal.any([stopping, lost]));
    const isDone = await onceThereIsRoom(queue, () => queue.complete(job), stopping);
    if (isDone) log().info(name, 'Job done');
    else log().info(name, (await queue.endCanceled(job)) ? 'Job canceled' : 'Job was taken away');
  } catch (error) {
    const outcome = await onceThereIsRoom(queue, () => reportEnd(queue, job, error, stopping), stopping);
    log().info({ ...name, err: error }, outcome);
  } finally {
    stopHeart();
  }
}

/**
 * The outcome of a job must not be lost to a full disk: the report is repeated until the database has room
 * for it.
 */
async function onceThereIsRoom<Result>(
  queue: JobQueue,
  report: () => Promise<Result>,
  stopping: AbortSignal,
): Promise<Result> {
  for (;;) {
    try {
      return await report();
    } catch (error) {
      if (!isDiskFull(error) || stopping.aborted) throw error;
      log().warn({ err: error }, 'The disk is full: how a job ended cannot be written; it is tried again');
      await queue.waitForWork(idleMilliseconds);
    }
  }
}

/** Reports an attempt that did not complete to the queue, and returns a sentence for the log. */
async function reportEnd(
  queue: JobQueue,
  job: PackagingJob,
  error: unknown,
  stopping: AbortSignal,
): Promise<string> {
  if (await queue.endCanceled(job)) return 'Job canceled';
  if (stopping.aborted) return (await queue.release(job)) ? 'Job given back' : 'Job was taken away';
  const failures = job.failures + 1;
  const failure = failureOf(error);
  const isLast = !isTransient(error) || failures >= maxAttempts;
  const isRecorded = isLast
    ? await queue.fail(job, failure)
    : await queue.postpone(job, failure, backoffSeconds(failures));
  if (!isRecorded) return 'Job was taken away';
  return isLast ? 'Job failed' : 'Job failed, and waits for another try';
}

/** Renews the lease periodically; `lost` fires when the job is no longer ours. */
function keepLease(queue: JobQueue, job: PackagingJob): { lost: AbortSignal; stop: () => void } {
  const lost = new AbortController();
  const beat = () =>
    queue.heartbeat(job).then(
      (isOurs) => isOurs || lost.abort(new Error('The job was taken away.')),
      // The lease outlives several heartbeats: the next one makes up for one that fails.
      (error) => log().warn({ err: error, job: job.id }, 'A heartbeat failed'),
    );
  const timer = setInterval(beat, heartbeatMilliseconds);
  const unlisten = queue.onCancel(beat);
  return {
    lost: lost.signal,
    stop() {
      clearInterval(timer);
      unlisten();
    },
  };
}
