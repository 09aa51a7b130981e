import { listTextsOfVideo } from '@/db/queries/texts';
import type { Acting } from '@/lib/access/principal';
import { planTextTracks } from '@/lib/packaging/plan-text-tracks';
import { requireVideo } from './get-video';
import { embeddedTextView, type TextsView, textView } from './text-view';

/** @throws AppError `video-not-found` */
export function listTexts(acting: Acting, videoId: number): TextsView {
  const { carried, notCarried } = planTextTracks(requireVideo(acting, videoId).probe.texts);
  return {
    items: listTextsOfVideo(acting.db, videoId).map(textView),
    embedded: carried.map(embeddedTextView),
    notCarried: notCarried.map(({ reason }) => reason),
  };
}
