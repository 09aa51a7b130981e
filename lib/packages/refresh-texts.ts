import { hasJob, insertJob } from '@/db/queries/jobs';
import { listPackagesOfVideos } from '@/db/queries/videos';
import type { Acting } from '@/lib/access/principal';

/**
 * Requests a new version, with the current text tracks, of each package of a video that is published or in
 * work.
 */
export function refreshTexts(acting: Acting, videoId: number): void {
  for (const { package: row, version } of listPackagesOfVideos(acting.db, [videoId])) {
    if (version || hasJob(acting.db, row.id)) insertJob(acting.db, row.id, { kind: 'refresh-texts' });
  }
  acting.events.wakeWorkers();
}
