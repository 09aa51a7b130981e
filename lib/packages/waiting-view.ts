import type { WaitingJob } from '@/db/queries/jobs';
import { maxAttempts } from '@/lib/jobs/retry-policy';
import { type Priority, priorityName } from '@/lib/media/priority';

/** Why work on a package has not begun, and when it will. */
export interface WaitingView {
  /**
   * `queue`: other work goes first; `worker`: all workers are busy; `retry`: an attempt failed, and the next
   * is later.
   */
  reason: 'queue' | 'worker' | 'retry';
  /** The reason in a sentence. */
  message: string;
  /** Place in the queue: 1 is next. */
  place: number;
  priority: Priority;
  /** ISO 8601; null when it starts as soon as its turn comes. */
  notBefore: string | null;
}

export function waitingView(job: WaitingJob, now = new Date()): WaitingView {
  const notBefore = job.notBefore && job.notBefore > now ? job.notBefore.toISOString() : null;
  const [reason, message] = whyWaiting(job, notBefore);
  return { reason, message, place: job.ahead + 1, priority: priorityName(job.priority), notBefore };
}

function whyWaiting(
  { ahead, running, failures }: WaitingJob,
  notBefore: string | null,
): [WaitingView['reason'], string] {
  if (notBefore)
    return ['retry', `Attempt ${failures} of ${maxAttempts} failed. The next one starts automatically.`];
  if (ahead > 0) return ['queue', `${ahead === 1 ? 'One other job runs' : `${ahead} other jobs run`} first.`];
  return ['worker', running > 0 ? 'It starts when a running job ends.' : 'It starts in a moment.'];
}
