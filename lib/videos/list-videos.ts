import { z } from 'zod';
import { visible } from '@/lib/access/authorize';
import { type Acting, ownerIdOf } from '@/lib/access/principal';
import { type Page, pageSchema } from '@/lib/http/page';
import { withPackages } from './get-video';
import { videoCursor } from './video-cursor';
import { videoPageRequest, type videoQuery } from './video-query';
import { type VideoView, videoViewSchema } from './video-view';

export const videoPageSchema = pageSchema(videoViewSchema).extend({
  total: z.number().describe('The number of videos on all pages.'),
});
export type VideoPage = Page<VideoView> & { total: number };

/**
 * A page of the videos that a query finds, each with its packages.
 * @throws AppError `bad-query`, and those of authorize
 */
export async function listVideos(acting: Acting, query: z.output<typeof videoQuery>): Promise<VideoPage> {
  const {
    limit,
    sort = 'newest',
    after,
    skip,
    ...filter
  } = {
    ...videoPageRequest(query, ownerIdOf(acting.principal)),
    ...visible(acting),
  };
  // One row more shows that there is a next page.
  const rows = await acting.ledger.listVideos({ limit: limit + 1, sort, after, skip, ...filter });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await withPackages(acting, shown),
    nextCursor: last ? videoCursor(sort, last) : null,
    total: await acting.ledger.countVideos(filter),
  };
}
