import type { PackagingJob } from '@/lib/jobs/queue';
import { type Attempt, beginAttempt, type Means } from './attempt';
import { finishJob } from './finish-job';
import { packageVideo } from './package-video';
import { repackage } from './repackage';
import { attemptBytes } from './work-folder';

/** Clear tracks, encrypted tracks and the download exist at the same time while a version is made. */
const bytesForByte = 2.5;

const countMilliseconds = 5000;

/** Runs a job. */
export async function doJob(job: PackagingJob, means: Means, signal: AbortSignal): Promise<void> {
  const attempt = beginAttempt(job, means, signal);
  const { task } = job;
  if (task.kind === 'finish')
    return finishJob(attempt, { ...task, version: task.version === null ? null : job.current });
  const end = await reserve(attempt);
  try {
    if (task.kind === 'package') await packageVideo(attempt);
    else await repackage(attempt, task);
  } finally {
    end();
  }
}

/** Reserves the disk space that a job needs, and releases it as its files are written. */
async function reserve({ job, workspace, progress, signal, reservations }: Attempt): Promise<() => void> {
  const bytes = neededBytes(job);
  const owner = `job-${job.id}-${job.attempt}`;
  const space = await reservations.reserveInTurn(workspace, owner, bytes, signal, () =>
    progress.enter('reserve'),
  );
  const count = () =>
    attemptBytes(workspace, job).then(
      (writtenBytes) => space.lower(bytes - writtenBytes),
      () => undefined, // files come and go meanwhile
    );
  const counting = setInterval(count, countMilliseconds);
  return () => {
    clearInterval(counting);
    space.end();
  };
}

function neededBytes({ task, source, current }: PackagingJob): number {
  if (task.kind === 'refresh-texts') return 0;
  const inputBytes = task.kind === 'package' ? source.probe.sizeBytes : (current?.sizeBytes ?? 0);
  return Math.ceil(inputBytes * bytesForByte);
}
