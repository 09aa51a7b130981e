import type { PackagingJob } from '@/lib/jobs/queue';
import { beginAttempt, type Tools } from './attempt';
import { packageVideo } from './package-video';
import { repackage } from './repackage';

/** Does what a job asks for. */
export async function doJob(job: PackagingJob, tools: Tools, signal: AbortSignal): Promise<void> {
  const attempt = beginAttempt(job, tools, signal);
  if (job.task.kind === 'package') await packageVideo(attempt);
  else await repackage(attempt, job.task);
}
