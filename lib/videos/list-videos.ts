import { listVideos as selectVideos } from '@/db/queries/videos';
import type { Acting } from '@/lib/access/principal';
import { type Page, type PageRequest, pageOf } from '@/lib/http/page';
import { withPackages } from './get-video';
import type { VideoView } from './video-view';

/** A page of videos, newest first, each with its packages. */
export function listVideos(acting: Acting, { limit, before }: PageRequest): Page<VideoView> {
  const { items, nextCursor } = pageOf(selectVideos(acting.db, { limit: limit + 1, before }), limit);
  return { items: withPackages(acting, items), nextCursor };
}
