import { withKeysJobsAndTexts } from '@/db/queries/packages';
import { findVideo, listPackagesOfVideos, type VideoRow } from '@/db/queries/videos';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { type PackageView, packageView } from '@/lib/packages/package-view';
import { type VideoView, videoView } from './video-view';

/** @throws AppError `video-not-found` */
export function getVideo(acting: Acting, id: number): VideoView {
  return withPackages(acting, [requireVideo(acting, id)])[0] as VideoView; // one row in, one view out
}

/** @throws AppError `video-not-found` */
export function requireVideo(acting: Acting, id: number): VideoRow {
  const row = findVideo(acting.db, id);
  if (!row) throw new AppError('video-not-found', `There is no video ${id}.`, { field: 'id' });
  return row;
}

/** Views of videos, each with its packages. */
export function withPackages(acting: Acting, rows: VideoRow[]): VideoView[] {
  const ids = rows.map((row) => row.id);
  const records = withKeysJobsAndTexts(acting.db, listPackagesOfVideos(acting.db, ids));
  return rows.map((row) => {
    const packages: PackageView[] = records
      .filter((record) => record.package.videoId === row.id)
      .map((record) => packageView({ ...record, video: row }));
    return videoView(row, packages);
  });
}
