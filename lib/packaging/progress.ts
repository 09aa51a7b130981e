import type { JobQueue, PackagingJob } from '@/lib/jobs/queue';
import type { Stage } from '@/lib/media/status';

/**
 * The part of a version that each stage takes: from, to. Only copying and encoding report progress within a
 * stage.
 */
const shares: Record<Stage, readonly [number, number]> = {
  reserve: [0, 0],
  probe: [0, 0.02],
  copy: [0.02, 0.6],
  encode: [0.02, 0.88],
  package: [0.88, 0.95],
  verify: [0.95, 0.99],
  publish: [0.99, 1],
};

const leastStep = 0.005;

export interface Progress {
  /** Sets the part of the job that the next version takes: from, to. */
  enterShare(share: readonly [number, number]): void;
  /** Reports that a stage begins; throws when the job is no longer this worker's. */
  enter(stage: Stage): Promise<void>;
  /** Reports how much of the current stage is done, from 0 to 1. */
  within(share: number): void;
}

/**
 * Reports the progress of a job to the queue: from 0 to 1 over all versions and stages, never backwards, in
 * steps worth a write.
 */
export function progressOf(job: PackagingJob, queue: JobQueue): Progress {
  let part: readonly [number, number] = [0, 1];
  let at: Stage = 'probe';
  let reported = 0;
  const report = (share: number) => {
    reported = Math.max(reported, overall(part, at, share));
    return queue.report(job, { stage: at, progress: reported });
  };
  return {
    enterShare(share) {
      part = share;
    },
    async enter(stage) {
      at = stage;
      if (!(await report(0))) throw new Error('The job was taken away.');
    },
    within(share) {
      if (overall(part, at, share) >= reported + leastStep) report(share).catch(() => {}); // the next report replaces it
    },
  };
}

/** The progress of the whole job at a share of a stage of one version. */
export function overall(version: readonly [number, number], stage: Stage, share: number): number {
  const [from, to] = shares[stage];
  const inVersion = from + (to - from) * Math.min(1, Math.max(0, share));
  return version[0] + (version[1] - version[0]) * inVersion;
}
