import type { TextRow } from '@/db/queries/texts';
import type { TextRole, TextTrack } from '@/lib/media/text-track';

/** The purpose of a text track, as the API names it. */
type TextKind = 'subtitles' | 'captions' | 'forced';

/** An uploaded text track of a video, as the resource API returns it. */
export interface TextView {
  id: number;
  videoId: number;
  /** BCP-47. */
  language: string;
  label: string;
  kind: TextKind;
  /** ISO 8601. */
  createdAt: string;
  links: { self: string };
}

/** A text track in the video file itself. */
export type EmbeddedTextView = Pick<TextView, 'language' | 'label' | 'kind'>;

const kinds: Record<TextRole, TextKind> = {
  subtitle: 'subtitles',
  caption: 'captions',
  'forced-subtitle': 'forced',
};

export function textView({ id, videoId, language, label, role, createdAt }: TextRow): TextView {
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
