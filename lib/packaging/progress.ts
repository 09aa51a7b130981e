import type { PackagingJob, Queue } from '@/lib/jobs/queue';
import type { Stage } from '@/lib/media/status';

/** The part of a lane that each stage takes: from, to. The work that moves is in copying and encoding. */
const shares: Record<Stage, readonly [number, number]> = {
  reserve: [0, 0],
  probe: [0, 0.02],
  copy: [0.02, 0.6],
  encode: [0.02, 0.88],
  package: [0.88, 0.95],
  verify: [0.95, 0.99],
  publish: [0.99, 1],
};

/** What a fast lane takes of the whole, when a ladder lane follows. */
const fastLaneShare = 0.1;
const leastStep = 0.005;

export interface Progress {
  /** Says which lane begins, of how many. */
  enterLane(index: number, lanes: number): void;
  /** Says that a stage begins; throws when the job is no longer this worker's. */
  enter(stage: Stage): Promise<void>;
  /** Says how much of the stage at hand is done, from 0 to 1. */
  within(share: number): void;
}

/** Tells the queue how far a job is: from 0 to 1 over all lanes and stages, never backwards, in steps worth a write. */
export function progressOf(job: PackagingJob, queue: Queue): Progress {
  let lane: readonly [number, number] = [0, 1];
  let at: Stage = 'probe';
  let told = 0;
  const tell = (share: number) => {
    told = Math.max(told, overall(lane, at, share));
    return queue.report(job, { stage: at, progress: told });
  };
  return {
    enterLane(index, lanes) {
      lane = laneShare(index, lanes);
    },
    async enter(stage) {
      at = stage;
      if (!(await tell(0))) throw new Error('The job was taken away.');
    },
    within(share) {
      if (overall(lane, at, share) >= told + leastStep) tell(share).catch(() => {}); // the next report will tell
    },
  };
}

/** Where a lane begins and ends in the whole job. */
export function laneShare(index: number, lanes: number): readonly [number, number] {
  if (lanes === 1) return [0, 1];
  return index === 0 ? [0, fastLaneShare] : [fastLaneShare, 1];
}

/** Where a stage's share stands in the whole. */
export function overall(lane: readonly [number, number], stage: Stage, share: number): number {
  const [from, to] = shares[stage];
  const inLane = from + (to - from) * Math.min(1, Math.max(0, share));
  return lane[0] + (lane[1] - lane[0]) * inLane;
}
