import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { originOf } from '@/lib/http/origin';
import type { PageRequest } from '@/lib/http/page';
import { listVideos } from './list-videos';

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
export async function legacyUploadedVideos(acting: Acting, page: PageRequest, request: Request) {
  const { items, nextCursor } = await listVideos(acting, page);
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
