import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import type { PackagingJob, Queue } from './queue';
import { untilWork } from './wake';

export type Work = (job: PackagingJob, signal: AbortSignal) => Promise<void>;

export interface Worker {
  /** Stops claiming, ends the work at hand and gives it back; resolves when that is done. */
  stop(): Promise<void>;
}

const idleMilliseconds = 1000;
const heartbeatMilliseconds = 5000;

/** Starts one worker: it claims a job, does it, tells how it ended, and looks for the next, until it is stopped. */
export function startWorker(queue: Queue, work: Work): Worker {
  const stopping = new AbortController();
  const ended = loop(queue, work, stopping.signal);
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
  const lost = new AbortController();
  const beat = async () => {
    if (!(await queue.heartbeat(job))) lost.abort(new Error('The job was taken away.'));
  };
  const heartbeat = setInterval(() => {
    // The lease outlives several beats: one that fails is made good by the next.
    beat().catch((error) => log().warn({ err: error, job: job.id }, 'A heartbeat failed'));
  }, heartbeatMilliseconds);
  const name = { job: job.id, attempt: job.attempt, package: job.packageId };
  log().info(name, 'Job started');
  try {
    await work(job, AbortSignal.any([stopping, lost.signal]));
    await queue.complete(job);
    log().info(name, 'Job done');
  } catch (error) {
    if (stopping.aborted) await queue.release(job);
    else if (await queue.fail(job, failureOf(error))) log().warn({ ...name, err: error }, 'Job failed');
    else log().info(name, 'Job was taken away');
  } finally {
    clearInterval(heartbeat);
  }
}

function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return {
    code: 'internal',
    message: 'Packaging failed in a way that was not foreseen. The server log says more.',
  };
}
