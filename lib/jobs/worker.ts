import { log } from '@/lib/log';
import { isDiskFull } from '@/lib/storage/disk-full';
import type { PackagingJob, Queue } from './queue';
import { backoffSeconds, failureOf, maxAttempts, mayPass } from './retry-policy';
import { onCancel, untilWork } from './wake';

export type Work = (job: PackagingJob, signal: AbortSignal) => Promise<void>;

export interface Worker {
  /** Stops claiming, ends the work at hand and gives it back; resolves when that is done. */
  stop(): Promise<void>;
}

const idleMilliseconds = 1000;
const heartbeatMilliseconds = 5000;

/**
 * Starts a worker that does `concurrency` jobs at once: for each place it claims a job, does it, tells how it ended, and
 * looks for the next, until it is stopped.
 */
export function startWorker(queue: Queue, work: Work, concurrency = 1): Worker {
  const stopping = new AbortController();
  const ended = Promise.all(Array.from({ length: concurrency }, () => loop(queue, work, stopping.signal)));
  return {
    async stop() {
      stopping.abort(new Error('The server stops.'));
      await ended;
    },
  };
}

async function loop(queue: Queue, work: Work, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const job = await queue.claim();
      if (job) await attempt(queue, work, job, stopping);
      else await untilWork(idleMilliseconds);
    } catch (error) {
      log().error({ err: error }, 'The worker could not reach its queue; it tries again');
      await untilWork(idleMilliseconds);
    }
  }
}

/** One try at a job. The lease is kept alive meanwhile; when it is lost (canceled, deleted), the work ends at once. */
async function attempt(queue: Queue, work: Work, job: PackagingJob, stopping: AbortSignal): Promise<void> {
  const { lost, stop: stopHeart } = keepLease(queue, job);
  const name = { job: job.id, attempt: job.attempt, package: job.packageId };
  log().info(name, 'Job started');
  try {
    await work(job, AbortSignal.any([stopping, lost]));
    const isDone = await onceThereIsRoom(() => queue.complete(job), stopping);
    if (isDone) log().info(name, 'Job done');
    else log().info(name, (await queue.endCanceled(job)) ? 'Job canceled' : 'Job was taken away');
  } catch (error) {
    const told = await onceThereIsRoom(() => tellEnd(queue, job, error, stopping), stopping);
    log().info({ ...name, err: error }, told);
  } finally {
    stopHeart();
  }
}

/** How a job ended must not be lost to a full disk: it is told again and again until the database has room for it. */
async function onceThereIsRoom<Told>(tell: () => Promise<Told>, stopping: AbortSignal): Promise<Told> {
  for (;;) {
    try {
      return await tell();
    } catch (error) {
      if (!isDiskFull(error) || stopping.aborted) throw error;
      log().warn({ err: error }, 'The disk is full: how a job ended cannot be written; it is tried again');
      await untilWork(idleMilliseconds);
    }
  }
}

/** Tells the queue of an attempt that did not reach its end, and gives a sentence for the log. */
async function tellEnd(
  queue: Queue,
  job: PackagingJob,
  error: unknown,
  stopping: AbortSignal,
): Promise<string> {
  if (await queue.endCanceled(job)) return 'Job canceled';
  if (stopping.aborted) return (await queue.release(job)) ? 'Job given back' : 'Job was taken away';
  const failures = job.failures + 1;
  const failure = failureOf(error);
  const isLast = !mayPass(error) || failures >= maxAttempts;
  const told = isLast
    ? await queue.fail(job, failure)
    : await queue.postpone(job, failure, backoffSeconds(failures));
  if (!told) return 'Job was taken away';
  return isLast ? 'Job failed' : 'Job failed, and waits for another try';
}

/** Prolongs the lease again and again; `lost` fires when it is no longer ours. */
function keepLease(queue: Queue, job: PackagingJob): { lost: AbortSignal; stop: () => void } {
  const lost = new AbortController();
  const beat = () =>
    queue.heartbeat(job).then(
      (isOurs) => isOurs || lost.abort(new Error('The job was taken away.')),
      // The lease outlives several beats: one that fails is made good by the next.
      (error) => log().warn({ err: error, job: job.id }, 'A heartbeat failed'),
    );
  const timer = setInterval(beat, heartbeatMilliseconds);
  const unlisten = onCancel(beat);
  return {
    lost: lost.signal,
    stop() {
      clearInterval(timer);
      unlisten();
    },
  };
}
