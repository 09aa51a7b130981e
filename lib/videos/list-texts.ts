import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { planTextTracks } from '@/lib/packaging/plan/plan-text-tracks';
import { embeddedTextView, type TextsView, textView } from './text-view';

/** @throws AppError `video-not-found` */
export async function listTexts(acting: Acting, videoId: number): Promise<TextsView> {
  const { probe } = await requireVideo(acting, videoId, 'video.read');
  const { carried, notCarried } = planTextTracks(probe.texts);
  return {
    items: (await acting.ledger.listTexts(videoId)).map(textView),
    embedded: carried.map(embeddedTextView),
    notCarried: notCarried.map(({ reason }) => reason),
  };
}
