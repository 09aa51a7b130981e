import { visible } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { type Page, type PageRequest, pageOf } from '@/lib/http/page';
import { withPackages } from './get-video';
import type { VideoView } from './video-view';

/** A page of videos, newest first, each with its packages. */
export async function listVideos(acting: Acting, { limit, before }: PageRequest): Promise<Page<VideoView>> {
  const rows = await acting.ledger.listVideos({ limit: limit + 1, before, ...visible(acting) });
  const { items, nextCursor } = pageOf(rows, limit);
  return { items: await withPackages(acting, items), nextCursor };
}
