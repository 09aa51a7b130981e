import type { OpenAdapter } from './adapters';
import { describeAttempts } from './job-queue/attempts.contract';
import { describeCanceling } from './job-queue/cancel.contract';
import { describeClaims } from './job-queue/claims.contract';
import { describeEnds } from './job-queue/ends.contract';
import { describeFencing } from './job-queue/fencing.contract';
import { describeTasks } from './job-queue/tasks.contract';
import { describeWaiting } from './job-queue/waiting.contract';

/** Describes what every adapter of the queue does. */
export function describeJobQueue(open: OpenAdapter): void {
  describeClaims(open);
  describeEnds(open);
  describeFencing(open);
  describeAttempts(open);
  describeCanceling(open);
  describeTasks(open);
  describeWaiting(open);
}
