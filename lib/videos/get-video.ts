import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { videoNotFound } from '@/lib/ledger/not-found';
import type { VideoRecord } from '@/lib/ledger/records';
import { packageView } from '@/lib/packages/package-view';
import { allowedWith } from './allowed';
import { type VideoView, videoView } from './video-view';

/** @throws AppError `video-not-found` */
export async function getVideo(acting: Acting, id: number): Promise<VideoView> {
  return viewOf(acting, await requireVideo(acting, id, 'video.read'));
}

/** The view of one video, with its packages and its owner. */
export async function viewOf(acting: Acting, row: VideoRecord): Promise<VideoView> {
  const [view] = await withPackages(acting, [row]);
  return view ?? videoNotFound(row.id);
}

/** Views of videos, each with its packages and its owner. */
export async function withPackages(acting: Acting, rows: VideoRecord[]): Promise<VideoView[]> {
  const records = await acting.ledger.listPackagesOf(rows.map((row) => row.id));
  const ownerOf = await ownersOf(acting, rows);
  return rows.map((row) => {
    const packages = records.filter((record) => record.video.id === row.id).map(packageView);
    return videoView(row, packages, { owner: ownerOf(row), allowed: allowedWith(acting, row) });
  });
}

/** Finds the owner of each video; nobody on an open server. */
async function ownersOf({ access, principal }: Acting, rows: VideoRecord[]) {
  const ids = principal.kind === 'everybody' ? [] : rows.flatMap(({ ownerId }) => ownerId ?? []);
  const names = ids.length === 0 ? new Map<string, string>() : await access.namesOf([...new Set(ids)]);
  return ({ ownerId }: VideoRecord): VideoView['owner'] => {
    const name = ownerId === null ? undefined : names.get(ownerId);
    return ownerId === null || name === undefined ? null : { id: ownerId, name };
  };
}
