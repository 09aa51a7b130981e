import { z } from 'zod';
import type { TextRecord } from '@/lib/ledger/records';
import type { TextRole, TextTrack } from '@/lib/media/text-track';

/** An uploaded text track of a video, as the resource API returns it. */
export const textViewSchema = z
  .object({
    id: z.number(),
    videoId: z.number(),
    language: z.string().describe('BCP-47.'),
    label: z.string(),
    kind: z.enum(['subtitles', 'captions', 'forced']),
    createdAt: z.string().describe('ISO 8601.'),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'TextTrack' });
export type TextView = z.output<typeof textViewSchema>;

/** A text track in the video file itself. */
const embeddedTextSchema = textViewSchema.pick({ language: true, label: true, kind: true });
export type EmbeddedTextView = z.output<typeof embeddedTextSchema>;

/** All text tracks of a video. */
export const textsViewSchema = z.object({
  items: z.array(textViewSchema).describe('Text tracks that were uploaded for it, oldest first.'),
  embedded: z.array(embeddedTextSchema).describe('Text tracks in the video file that packages carry.'),
  notCarried: z.array(z.string()).describe('Text streams of the video file that are not carried, and why.'),
});
export type TextsView = z.output<typeof textsViewSchema>;

const kinds: Record<TextRole, TextView['kind']> = {
  subtitle: 'subtitles',
  caption: 'captions',
  'forced-subtitle': 'forced',
};

export function textView({ id, videoId, language, label, role, createdAt }: TextRecord): TextView {
  return {
    id,
    videoId,
    language,
    label,
    kind: kinds[role],
    createdAt: createdAt.toISOString(),
    links: { self: `/api/videos/${videoId}/texts/${id}` },
  };
}

export function embeddedTextView({ language, label, role }: TextTrack): EmbeddedTextView {
  return { language, label, kind: kinds[role] };
}
