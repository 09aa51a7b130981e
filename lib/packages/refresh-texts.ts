import { hasJob, insertJob } from '@/db/queries/jobs';
import { listPackagesOfVideos } from '@/db/queries/videos';
import type { Context } from '@/lib/context';
import { wakeWorkers } from '@/lib/jobs/job-events';

/**
 * Requests a new version, with the current text tracks, of each package of a video that is published or in
 * work.
 */
export function refreshTexts(context: Context, videoId: number): void {
  for (const { package: row, version } of listPackagesOfVideos(context.db, [videoId])) {
    if (version || hasJob(context.db, row.id)) insertJob(context.db, row.id, { kind: 'refresh-texts' });
  }
  wakeWorkers();
}
