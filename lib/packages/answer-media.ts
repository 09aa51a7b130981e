import type { Acting } from '@/lib/access/principal';
import type { RequestHead } from '@/lib/http/before-next';
import { mediaType } from '@/lib/http/media-types';
import { sendFile } from '@/lib/http/send-file';
import { openMedia } from './open-media';

/** The address of a file of a published version: media id, version, file. */
export const mediaPath = /^\/media\/([0-9a-f]{32})\/(v\d+)\/([\w-][\w.-]*)$/;

/**
 * A published version never changes: its files may be cached forever, but only by the browser where they are
 * not for everybody.
 */
const forever = ({ principal }: Acting) =>
  `${principal.kind === 'everybody' ? 'public' : 'private'}, max-age=31536000, immutable`;

/**
 * Answers a file of a published version.
 * @throws AppError `media-not-found`
 */
export async function answerMedia(
  acting: Acting,
  request: RequestHead,
  mediaId: string,
  names: string[],
): Promise<Response> {
  const file = await openMedia(acting, mediaId, names);
  return sendFile(request, file, {
    type: mediaType(names.at(-1) ?? ''),
    cacheControl: forever(acting),
    acceleratedBelow: acting.settings.X_ACCEL_PREFIX,
  });
}
