import { describe, expect, it } from 'vitest';
import type { JobQueue } from '@/lib/jobs/queue';
import { type Stage, stages } from '@/lib/media/status';
import { overall, progressOf } from '@/lib/packaging/progress';
import { sampleJob } from '@/tests/harness/sample-job';

interface Report {
  stage: Stage;
  progress: number;
}

/** The progress of a job, and the reports that its queue receives. */
function listen(report: JobQueue['report'] = async () => true) {
  const reports: Report[] = [];
  const queue = {
    report: (job, at) => {
      reports.push(at);
      return report(job, at);
    },
  } satisfies Pick<JobQueue, 'report'>;
  return { reports, progress: progressOf(sampleJob(), queue as unknown as JobQueue) }; // it calls report only
}

const whole = [0, 1] as const;
const isAscending = (values: number[]) => expect(values).toEqual([...values].sort((a, b) => a - b));

describe('the overall progress', () => {
  it.each<[Stage, number, number]>([
    ['probe', 0, 0],
    ['probe', 1, 0.02],
    ['copy', 0, 0.02],
    ['copy', 0.5, 0.31],
    ['copy', 1, 0.6],
    ['encode', 0, 0.02],
    ['encode', 0.5, 0.45],
    ['encode', 1, 0.88],
    ['package', 0, 0.88],
    ['package', 1, 0.95],
    ['verify', 1, 0.99],
    ['publish', 0, 0.99],
    ['publish', 1, 1],
    // Out of bounds: ffmpeg may write a little more than the source's duration says.
    ['copy', -3, 0.02],
    ['copy', 7, 0.6],
    ['encode', Number.POSITIVE_INFINITY, 0.88],
  ])('%s %f is %f', (stage, share, expected) => {
    expect(overall(whole, stage, share)).toBeCloseTo(expected, 10);
  });

  it.each<readonly [number, number]>([
    [0, 1],
    [0, 0.1],
    [0.1, 1],
  ])('is within the part of its version: %f to %f', (...share) => {
    expect(overall(share, 'probe', 0)).toBeCloseTo(share[0], 10);
    expect(overall(share, 'publish', 1)).toBeCloseTo(share[1], 10);
  });

  it('stages are contiguous', () => {
    for (const lane of [stages.filter((s) => s !== 'copy'), stages.filter((s) => s !== 'encode')]) {
      isAscending(lane.flatMap((stage) => [overall(whole, stage, 0), overall(whole, stage, 1)]));
    }
  });
});

describe('progress', () => {
  it('reports each stage with where it begins', async () => {
    const { reports, progress } = listen();
    for (const stage of stages) await progress.enter(stage);
    expect(reports).toEqual([
      { stage: 'reserve', progress: 0 },
      { stage: 'probe', progress: 0 },
      { stage: 'copy', progress: 0.02 },
      { stage: 'encode', progress: 0.02 },
      { stage: 'package', progress: 0.88 },
      { stage: 'verify', progress: 0.95 },
      { stage: 'publish', progress: 0.99 },
    ]);
  });

  it('goes through both versions once', async () => {
    const { reports, progress } = listen();
    await progress.enter('probe');
    for (const share of [
      [0, 0.1],
      [0.1, 1],
    ] as const) {
      progress.enterShare(share);
      for (const stage of [share[0] === 0 ? 'copy' : 'encode', 'package', 'verify', 'publish'] as const) {
        await progress.enter(stage);
        progress.within(1);
      }
    }
    const values = reports.map((report) => report.progress);
    isAscending(values);
    expect(reports.find(({ stage }) => stage === 'encode')?.progress).toBeCloseTo(0.118, 10);
    expect(Math.max(...values)).toBeCloseTo(1, 10);
  });

  it('never goes backwards', async () => {
    const { reports, progress } = listen();
    await progress.enter('encode');
    for (const share of [0.5, 0.2, 0.6, 0, 1, 0.9]) progress.within(share);
    await progress.enter('copy');
    const values = reports.map((report) => report.progress);
    isAscending(values);
    expect(values.at(-1)).toBeCloseTo(0.88, 10);
  });

  it('is reported in steps that are worth a write', async () => {
    const { reports, progress } = listen();
    await progress.enter('copy');
    for (let i = 1; i <= 10_000; i += 1) progress.within(i / 10_000);
    expect(reports.length).toBeGreaterThan(50);
    expect(reports.length).toBeLessThanOrEqual(118);
  });

  it('goes on when the queue cannot be reached', async () => {
    const { reports, progress } = listen(async () => {
      throw new Error('busy');
    });
    await expect(progress.enter('copy')).rejects.toThrow('busy');
    progress.within(0.5);
    progress.within(1);
    await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would fail the run
    expect(reports).toHaveLength(3);
  });
});
