import { listTextsOfVideo } from '@/db/queries/texts';
import type { Acting } from '@/lib/access/principal';
import { planTextTracks } from '@/lib/packaging/plan-text-tracks';
import { requireVideo } from './get-video';
import { type EmbeddedTextView, embeddedTextView, type TextView, textView } from './text-view';

/** All text tracks of a video. */
export interface TextsView {
  /** Text tracks that were uploaded for it, oldest first. */
  items: TextView[];
  /** Text tracks in the video file that its packages carry. */
  embedded: EmbeddedTextView[];
  /** Text streams of the video file that are not carried and why, in words for a person. */
  notCarried: string[];
}

/** @throws AppError `video-not-found` */
export function listTexts(acting: Acting, videoId: number): TextsView {
  const { carried, notCarried } = planTextTracks(requireVideo(acting, videoId).probe.texts);
  return {
    items: listTextsOfVideo(acting.db, videoId).map(textView),
    embedded: carried.map(embeddedTextView),
    notCarried: notCarried.map(({ reason }) => reason),
  };
}
