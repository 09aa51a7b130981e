import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { videoNotFound } from '@/lib/ledger/not-found';
import type { VideoRecord } from '@/lib/ledger/records';
import { packageView } from '@/lib/packages/package-view';
import { type VideoView, videoView } from './video-view';

/** @throws AppError `video-not-found` */
export async function getVideo(acting: Acting, id: number): Promise<VideoView> {
  const [view] = await withPackages(acting, [await requireVideo(acting, id, 'video.read')]);
  return view ?? videoNotFound(id);
}

/** Views of videos, each with its packages. */
export async function withPackages({ ledger }: Acting, rows: VideoRecord[]): Promise<VideoView[]> {
  const records = await ledger.listPackagesOf(rows.map((row) => row.id));
  return rows.map((row) =>
    videoView(row, records.filter((record) => record.video.id === row.id).map(packageView)),
  );
}
