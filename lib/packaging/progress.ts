import type { JobQueue, PackagingJob } from '@/lib/jobs/queue';
import type { Stage } from '@/lib/media/status';

/**
 * The part of a lane that each stage takes: from, to. Only copying and encoding report progress within a
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

/** The share of a fast lane in the whole, when a ladder lane follows. */
const fastLaneShare = 0.1;
const leastStep = 0.005;

export interface Progress {
  /** Sets which lane begins, of how many. */
  enterLane(index: number, lanes: number): void;
  /** Reports that a stage begins; throws when the job is no longer this worker's. */
  enter(stage: Stage): Promise<void>;
  /** Reports how much of the current stage is done, from 0 to 1. */
  within(share: number): void;
}

/**
 * Reports the progress of a job to the queue: from 0 to 1 over all lanes and stages, never backwards, in
 * steps worth a write.
 */
export function progressOf(job: PackagingJob, queue: JobQueue): Progress {
  let lane: readonly [number, number] = [0, 1];
  let at: Stage = 'probe';
  let reported = 0;
  const report = (share: number) => {
    reported = Math.max(reported, overall(lane, at, share));
    return queue.report(job, { stage: at, progress: reported });
  };
  return {
    enterLane(index, lanes) {
      lane = laneShare(index, lanes);
    },
    async enter(stage) {
      at = stage;
      if (!(await report(0))) throw new Error('The job was taken away.');
    },
    within(share) {
      if (overall(lane, at, share) >= reported + leastStep) report(share).catch(() => {}); // the next report replaces it
    },
  };
}

/** The start and end of a lane within the whole job. */
export function laneShare(index: number, lanes: number): readonly [number, number] {
  if (lanes === 1) return [0, 1];
  return index === 0 ? [0, fastLaneShare] : [fastLaneShare, 1];
}

/** The progress of the whole job at a share of a stage. */
export function overall(lane: readonly [number, number], stage: Stage, share: number): number {
  const [from, to] = shares[stage];
  const inLane = from + (to - from) * Math.min(1, Math.max(0, share));
  return lane[0] + (lane[1] - lane[0]) * inLane;
}
