'use client';

import type { TextsView } from '@/lib/videos/text-view';
import type { VideoView } from '@/lib/videos/video-view';
import { NewText } from './new-text';
import { TextList } from './text-list';
import { useTexts } from './use-texts';

interface TextsSectionProps {
  video: VideoView;
  initial: TextsView;
  /** Called after a change, which gives packages a new version. */
  onChanged: () => Promise<void>;
}

/** The captions and subtitles of a video: those in its file, and those that were added. */
export function TextsSection({ video, initial, onChanged }: TextsSectionProps) {
  const { texts, refresh } = useTexts(video, initial);
  const changed = async () => {
    await Promise.all([refresh(), onChanged()]);
  };
  const isEmpty = texts.items.length + texts.embedded.length === 0;
  return (
    <section aria-labelledby="texts-title" className="mt-12">
      <h2 id="texts-title" className="mb-4 font-semibold text-title">
        Captions and subtitles
      </h2>
      {isEmpty && (
        <p className="mb-4 text-soft">None yet. Tracks that you add appear in every package of this video.</p>
      )}
      <div className="grid gap-5">
        {!isEmpty && <TextList texts={texts} onDeleted={changed} />}
        {texts.notCarried.length > 0 && (
          <ul className="grid gap-1 text-soft text-sm">
            {texts.notCarried.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <NewText videoId={video.id} onAdded={changed} />
      </div>
    </section>
  );
}
