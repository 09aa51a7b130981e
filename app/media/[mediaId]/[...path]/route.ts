import { z } from 'zod';
import { route } from '@/lib/http/route';
import { answerMedia } from '@/lib/packages/answer-media';
import { currentManifest } from '@/lib/packages/open-media';

const params = z.object({ mediaId: z.string(), path: z.array(z.string()) });

/** Most files of a version are answered ahead of Next.js. */
export const GET = route(
  {
    summary: 'Get a manifest, a track or a text track; without a version, a redirect to the current one',
    access: 'play',
    params,
    answers: { 200: { file: '*/*' }, 307: null },
  },
  async ({ acting, request, params: { mediaId, path } }) => {
    const [name = ''] = path;
    if (path.length > 1) return answerMedia(acting, request, mediaId, path);
    const headers = { Location: await currentManifest(acting, mediaId, name), 'Cache-Control': 'no-store' };
    return new Response(null, { status: 307, headers });
  },
);
