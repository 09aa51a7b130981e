import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { always, field } from '@/lib/http/field';
import { videoNotFound } from '@/lib/ledger/not-found';
import type { VideoChanges } from '@/lib/ledger/records';
import { visibilities } from '@/lib/media/visibility';
import { viewOf } from './get-video';
import { cleanDescription, cleanTitle, isDescription, isTitle, maxDescriptionCharacters } from './video-text';
import type { VideoView } from './video-view';

export const videoChangesSchema = z.object({
  title: field(
    z.string().refine(isTitle).transform(cleanTitle).optional().describe('1 to 200 characters.'),
    always('title-invalid', 'The title must have 1 to 200 characters.'),
  ),
  description: field(
    z
      .string()
      .refine(isDescription)
      .transform(cleanDescription)
      .optional()
      .describe(`Up to ${maxDescriptionCharacters} characters.`),
    always(
      'description-invalid',
      `The description must be a text of at most ${maxDescriptionCharacters} characters.`,
    ),
  ),
  visibility: field(
    z.enum(visibilities).optional(),
    always('visibility-unknown', 'The visibility must be private or members.'),
  ),
});

/**
 * Changes what people may change of a video.
 * @throws AppError `video-not-found`, and those of authorize
 */
export async function changeVideo(
  acting: Acting,
  id: number,
  { title, description, visibility }: z.output<typeof videoChangesSchema>,
): Promise<VideoView> {
  await requireVideo(acting, id, 'video.write');
  const changes: VideoChanges = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(visibility === undefined ? {} : { visibility }),
  };
  return viewOf(acting, (await acting.ledger.changeVideo(id, changes)) ?? videoNotFound(id));
}
