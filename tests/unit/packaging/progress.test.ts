import { describe, expect, it } from 'vitest';
import type { Queue } from '@/lib/jobs/queue';
import { type Stage, stages } from '@/lib/media/status';
import { overall, progressOf } from '@/lib/packaging/progress';
import { sampleJob } from '@/tests/support/sample-job';

interface Report {
  stage: Stage;
  progress: number;
}

/** The part of a queue that progress is told to, with what it was told. */
function listen(report: Queue['report'] = async () => true) {
  const told: Report[] = [];
  const queue = {
    report: (job, at) => {
      told.push(at);
      return report(job, at);
    },
  } satisfies Pick<Queue, 'report'>;
  return { told, progress: progressOf(sampleJob(), queue as unknown as Queue) }; // it calls report only
}

describe('where a share of a stage stands in the whole', () => {
  it.each<[Stage, number, number]>([
    ['probe', 0, 0],
    ['probe', 1, 0.02],
    ['copy', 0, 0.02],
    ['copy', 0.5, 0.31],
    ['copy', 1, 0.6],
    ['encode', 0, 0.02],
    ['encode', 0.5, 0.435],
    ['encode', 1, 0.85],
    ['package', 0, 0.85],
    ['package', 1, 0.95],
    ['verify', 1, 0.99],
    ['publish', 0, 0.99],
    ['publish', 1, 1],
    // Out of bounds: ffmpeg may write a little more than the source's duration says.
    ['copy', -3, 0.02],
    ['copy', 7, 0.6],
    ['encode', Number.POSITIVE_INFINITY, 0.85],
  ])('%s %f is %f', (stage, share, expected) => {
    expect(overall(stage, share)).toBeCloseTo(expected, 10);
  });

  it('has no stage that begins before the one that ends before it', () => {
    for (const lane of [stages.filter((s) => s !== 'copy'), stages.filter((s) => s !== 'encode')]) {
      const bounds = lane.flatMap((stage) => [overall(stage, 0), overall(stage, 1)]);
      expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    }
  });
});

describe('progress', () => {
  it('tells each stage with where it begins', async () => {
    const { told, progress } = listen();
    for (const stage of stages) await progress.enter(stage);
    expect(told).toEqual([
      { stage: 'probe', progress: 0 },
      { stage: 'copy', progress: 0.02 },
      { stage: 'encode', progress: 0.02 },
      { stage: 'package', progress: 0.85 },
      { stage: 'verify', progress: 0.95 },
      { stage: 'publish', progress: 0.99 },
    ]);
  });

  it('never goes backwards', async () => {
    const { told, progress } = listen();
    await progress.enter('encode');
    for (const share of [0.5, 0.2, 0.6, 0, 1, 0.9]) progress.within(share);
    await progress.enter('copy');
    const values = told.map((report) => report.progress);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBeCloseTo(0.85, 10);
  });

  it('is told in steps that are worth a write', async () => {
    const { told, progress } = listen();
    await progress.enter('copy');
    for (let i = 1; i <= 10_000; i += 1) progress.within(i / 10_000);
    expect(told.length).toBeGreaterThan(50);
    expect(told.length).toBeLessThanOrEqual(118);
  });

  it('goes on when the queue cannot be reached', async () => {
    const { told, progress } = listen(async () => {
      throw new Error('busy');
    });
    await expect(progress.enter('copy')).rejects.toThrow('busy');
    progress.within(0.5);
    progress.within(1);
    await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would fail the run
    expect(told).toHaveLength(3);
  });
});
