import { z } from 'zod';
import { maxAttempts } from '@/lib/jobs/retry-policy';
import type { WaitingJob } from '@/lib/ledger/records';
import { priorities, priorityName } from '@/lib/media/priority';

/** Why work on a package has not begun, and when it will. */
export const waitingViewSchema = z.object({
  reason: z
    .enum(['queue', 'worker', 'retry'])
    .describe('Other work goes first; all workers are busy; an attempt failed, and the next is later.'),
  message: z.string().describe('The reason in a sentence.'),
  place: z.number().describe('Place in the queue: 1 is next.'),
  priority: z.enum(priorities),
  notBefore: z.string().nullable().describe('ISO 8601; null when it starts as soon as its turn comes.'),
});
export type WaitingView = z.output<typeof waitingViewSchema>;

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
