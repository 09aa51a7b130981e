import type { PackagingJob, Queue } from '@/lib/jobs/queue';
import type { Stage } from '@/lib/media/status';

/** The part of the whole that each stage takes: from, to. The work that moves is in copying and encoding. */
const shares: Record<Stage, readonly [number, number]> = {
  probe: [0, 0.02],
  copy: [0.02, 0.6],
  encode: [0.02, 0.85],
  package: [0.85, 0.95],
  verify: [0.95, 0.99],
  publish: [0.99, 1],
};

const leastStep = 0.005;

export interface Progress {
  /** Says that a stage begins. */
  enter(stage: Stage): Promise<void>;
  /** Says how much of the stage at hand is done, from 0 to 1. */
  within(share: number): void;
}

/** Tells the queue how far a job is: from 0 to 1 over all stages, never backwards, in steps worth a write. */
export function progressOf(job: PackagingJob, queue: Queue): Progress {
  let at: Stage = 'probe';
  let told = 0;
  const tell = (progress: number) => {
    told = Math.max(told, progress);
    return queue.report(job, { stage: at, progress: told });
  };
  return {
    async enter(stage) {
      at = stage;
      await tell(shares[stage][0]);
    },
    within(share) {
      const progress = overall(at, share);
      if (progress >= told + leastStep) tell(progress).catch(() => {}); // the next report, or the end, will tell
    },
  };
}

/** Where a stage's share stands in the whole. */
export function overall(stage: Stage, share: number): number {
  const [from, to] = shares[stage];
  return from + (to - from) * Math.min(1, Math.max(0, share));
}
