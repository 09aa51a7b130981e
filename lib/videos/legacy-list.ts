import { z } from 'zod';
import { visible } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { originOf } from '@/lib/http/origin';
import { type PageRequest, pageOf } from '@/lib/http/page';
import { withPackages } from './get-video';

export const legacyVideosSchema = z.object({
  uploaded_videos: z.array(
    z.object({
      id: z.number(),
      input_content_id: z.number(),
      name: z.string(),
      size: z.number(),
      duration: z.number(),
      status: z.string(),
      links: z.object({ page: z.string(), poster: z.string() }),
      packaged_content_ids: z.array(z.number()),
    }),
  ),
  next_cursor: z.string().nullable(),
});

/** The legacy list of videos; paged like the resource API's lists. */
export async function legacyUploadedVideos(acting: Acting, { limit, before }: PageRequest, request: Request) {
  const after = before === undefined ? undefined : { id: before, value: before };
  const rows = await acting.ledger.listVideos({ limit: limit + 1, after, ...visible(acting) });
  const { items: shown, nextCursor } = pageOf(rows, limit);
  const items = await withPackages(acting, shown);
  const origin = originOf(request);
  const uploaded = items.map((video) => ({
    id: video.id,
    input_content_id: video.id,
    name: video.name,
    size: video.sizeBytes,
    duration: video.durationSeconds,
    status: video.packages[0]?.status ?? 'uploaded',
    links: { page: origin + video.links.page, poster: origin + video.links.poster },
    packaged_content_ids: video.packages.map((item) => item.id),
  }));
  return { uploaded_videos: uploaded, next_cursor: nextCursor };
}
