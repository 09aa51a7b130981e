'use client';

import useSWR from 'swr';
import { callApi } from '@/app/_lib/api-client';
import { useSession } from '@/app/_lib/session';
import { Section, Sentences } from '@/app/_ui/page-parts';
import type { TextsView } from '@/lib/videos/text-view';
import type { VideoView } from '@/lib/videos/video-view';
import { NewText } from './new-text';
import { TextList } from './text-list';

interface TextsSectionProps {
  video: VideoView;
  initial: TextsView;
  /** Called after a change, which gives packages a new version. */
  onChanged: () => Promise<void>;
}

/** The captions and subtitles of a video: those in its file, and those that were added. */
export function TextsSection({ video, initial, onChanged }: TextsSectionProps) {
  const { may } = useSession();
  const get = () => callApi('GET', '/api/videos/{id}/texts', { params: { id: video.id } });
  const { data: texts = initial, mutate } = useSWR(video.links.texts, get, { fallbackData: initial });
  const changed = async () => {
    await Promise.all([mutate(), onChanged()]);
  };
  const isEmpty = texts.items.length + texts.embedded.length === 0;
  return (
    <Section title="Captions and subtitles" className="mt-12">
      {isEmpty && (
        <p className="mb-4 text-soft">
          None yet.{may('video.write') && ' Tracks that you add appear in every package of this video.'}
        </p>
      )}
      <div className="grid gap-5">
        {!isEmpty && <TextList texts={texts} onDeleted={changed} />}
        <Sentences label="Not carried" sentences={texts.notCarried} />
        {may('video.write') && <NewText videoId={video.id} onAdded={changed} />}
      </div>
    </Section>
  );
}
