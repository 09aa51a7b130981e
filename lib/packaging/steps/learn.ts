import type { PackagingJob } from '@/lib/jobs/queue';
import { log } from '@/lib/log';
import { type SourceProbe, withEmptyStreams } from '@/lib/media/source-probe';
import type { Attempt } from '../attempt';
import type { Published } from '../plan/plan-package';
import { emptyWorkFolders, type WorkFolders } from '../work-folder';
import { Discontinuous } from './discontinuities';
import { EmptyStreams } from './empty-streams';
import { CopiesRefused } from './refused-copies';

/** What an attempt has published, and what it has learned of the source's streams. */
export interface Known {
  versions: number;
  hasDownload: boolean;
  /** See SourceFacts. */
  refused: Set<number>;
  /** Video streams that are damaged in places. */
  damaged: Set<number>;
}

/** What is published of the package by now. */
export const publishedOf = (job: PackagingJob, { versions, hasDownload }: Known): Published => ({
  nextVersion: job.versionNumber + versions,
  isServed: job.current !== null || versions > 0,
  hasDownload,
});

/**
 * Runs `work` again with empty folders each time when a failure shows something new about the source's
 * streams, such as a copy that no browser would show right.
 * @throws the failure that shows nothing new
 */
export async function learning(
  attempt: Attempt,
  folders: WorkFolders,
  work: (attempt: Attempt, known: Known) => Promise<void>,
): Promise<void> {
  const { hasDownload } = attempt.job;
  const known: Known = { versions: 0, hasDownload, refused: new Set(), damaged: new Set() };
  for (let informed = attempt; ; ) {
    try {
      return await work(informed, known);
    } catch (error) {
      informed = await learn(error, informed, known);
      log().info({ package: attempt.job.packageId, err: error }, 'The attempt starts again');
      await emptyWorkFolders(folders);
    }
  }
}

/**
 * Adds to the attempt what an error shows. What the source's probe did not show is recorded for every package
 * of it.
 * @throws the error, or its cause, when it shows nothing new
 */
async function learn(error: unknown, attempt: Attempt, { refused }: Known): Promise<Attempt> {
  const { probe } = attempt.job.source;
  if (error instanceof Discontinuous)
    return withProbe(attempt, { ...probe, discontinuitySeconds: error.discontinuitySeconds });
  if (error instanceof EmptyStreams) {
    const isKnown = (index: number) =>
      [...probe.videos, ...probe.audios].some((stream) => stream.index === index && stream.isEmpty);
    if (error.streams.every(isKnown)) throw error;
    return withProbe(attempt, withEmptyStreams(probe, error.streams));
  }
  if (!(error instanceof CopiesRefused)) throw error;
  if (error.streams.every((index) => refused.has(index))) throw error.cause ?? error;
  for (const index of error.streams) refused.add(index);
  return attempt;
}

async function withProbe(attempt: Attempt, probe: SourceProbe): Promise<Attempt> {
  const { job, ledger } = attempt;
  await ledger.recordProbe(job, probe);
  return { ...attempt, job: { ...job, source: { ...job.source, probe } } };
}
