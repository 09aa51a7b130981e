import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { mediaType } from '@/lib/http/media-types';
import { sendFile } from '@/lib/http/send-file';
import { currentManifest, openMedia } from '@/lib/packages/open-media';

interface Params {
  mediaId: string;
  path: string[];
}

/** A published version never changes: its files may be kept for good. */
const forever = 'public, max-age=31536000, immutable';

export const GET = handle<Params>(async (request, { mediaId, path }) => {
  const [name = ''] = path;
  if (path.length === 1) {
    const headers = { Location: currentManifest(context(), mediaId, name), 'Cache-Control': 'no-store' };
    return new Response(null, { status: 307, headers });
  }
  const file = await openMedia(context(), mediaId, path);
  const acceleratedBelow = context().settings.X_ACCEL_PREFIX;
  return sendFile(request, file, {
    type: mediaType(path.at(-1) ?? ''),
    cacheControl: forever,
    acceleratedBelow,
  });
});
