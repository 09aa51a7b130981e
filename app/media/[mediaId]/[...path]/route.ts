import { handle } from '@/lib/http/handle';
import { answerMedia } from '@/lib/packages/answer-media';
import { currentManifest } from '@/lib/packages/open-media';

interface Params {
  mediaId: string;
  path: string[];
}

/**
 * Addresses without a version redirect to the current one. Most files of a version are answered ahead of
 * Next.js.
 */
export const GET = handle<Params>(async ({ acting, request, params: { mediaId, path } }) => {
  const [name = ''] = path;
  if (path.length > 1) return answerMedia(acting, request, mediaId, path);
  const headers = { Location: currentManifest(acting, mediaId, name), 'Cache-Control': 'no-store' };
  return new Response(null, { status: 307, headers });
});
