import type { PackagingJob } from '@/lib/jobs/queue';
import { reserveSpace } from '@/lib/storage/free-space';
import { beginAttempt, type Tools } from './attempt';
import { finish } from './finish';
import { packageVideo } from './package-video';
import { repackage } from './repackage';

/** Clear tracks, encrypted tracks and the download stand side by side while a version is made. */
const bytesForByte = 2.5;

/** The room that a job needs on the disk. */
function neededBytes({ task, source, current }: PackagingJob): number {
  if (task.kind === 'refresh-texts' || task.kind === 'finish') return 0;
  const inputBytes = task.kind === 'package' ? source.probe.sizeBytes : (current?.sizeBytes ?? 0);
  return Math.ceil(inputBytes * bytesForByte);
}

/** Does what a job asks for. */
export async function doJob(job: PackagingJob, tools: Tools, signal: AbortSignal): Promise<void> {
  const attempt = beginAttempt(job, tools, signal);
  const space = await reserveSpace(
    tools.settings.STORAGE_DIR,
    `job-${job.id}-${job.attempt}`,
    neededBytes(job),
  );
  try {
    if (job.task.kind === 'finish') await finish(attempt, job.task);
    else if (job.task.kind === 'package') await packageVideo(attempt);
    else await repackage(attempt, job.task);
  } finally {
    space.end();
  }
}
