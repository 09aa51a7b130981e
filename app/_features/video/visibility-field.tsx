'use client';

import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { ChoiceField } from '@/app/_ui/choice-field';
import { FailureLine } from '@/app/_ui/notice';
import type { Visibility } from '@/lib/media/visibility';
import type { VideoView } from '@/lib/videos/video-view';

const choices = [
  {
    value: 'private',
    label: 'Only me and administrators',
    hint: 'Whoever uploaded it, and administrators. Others need a share link.',
  },
  {
    value: 'members',
    label: 'Everyone who can sign in',
    hint: 'They can watch it, but change nothing. Share links work as well.',
  },
] as const;

interface VisibilityFieldProps {
  video: VideoView;
  onChanged: () => Promise<void>;
}

/** Who may watch the video. A choice applies at once. */
export function VisibilityField({ video, onChanged }: VisibilityFieldProps) {
  const [chosen, setChosen] = useState<Visibility | null>(null);
  const { attempt, failure } = useAttempt();
  const change = (visibility: Visibility) =>
    attempt(async () => {
      setChosen(visibility);
      try {
        await callApi('PATCH', '/api/videos/{id}', { params: { id: video.id }, body: { visibility } });
        await onChanged();
      } finally {
        setChosen(null);
      }
    });
  return (
    <div className="mt-10">
      <ChoiceField
        legend="Who may watch"
        choices={choices}
        value={chosen ?? video.visibility}
        onChange={change}
      />
      <FailureLine text={failure} className="mt-2" />
    </div>
  );
}
