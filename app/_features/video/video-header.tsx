import type { ReactNode } from 'react';
import { formatBytes, formatDuration } from '@/app/_lib/format';
import { useSession } from '@/app/_lib/session';
import { LocalTime } from '@/app/_ui/local-time';
import { NameTitle, Sentences } from '@/app/_ui/page-parts';
import { Poster } from '@/app/_ui/poster';
import type { VideoView } from '@/lib/videos/video-view';
import { DeleteVideo } from './delete-video';
import { EditVideo } from './edit-video';
import { audioCodecFact, resolutionFact, videoCodecFact } from './video-facts';

interface VideoHeaderProps {
  video: VideoView;
  onChanged: () => Promise<void>;
  onDeleted: () => void;
}

/** The video itself: its poster, title, description and facts. */
export function VideoHeader({ video, onChanged, onDeleted }: VideoHeaderProps) {
  const { may } = useSession();
  return (
    <header className="mt-2 grid gap-6 sm:grid-cols-[minmax(14rem,22rem)_minmax(0,1fr)] sm:gap-8">
      <Poster src={video.hasPoster ? video.links.poster : null} className="rounded-panel" />
      <div className="min-w-0">
        <div className="flex items-start gap-3">
          <NameTitle name={video.title} />
          {may('video.write') && (
            <div className="-my-1 flex">
              <EditVideo video={video} onChanged={onChanged} />
              <DeleteVideo video={video} onDeleted={onDeleted} />
            </div>
          )}
        </div>
        {video.description !== '' && (
          <p className="mt-3 max-w-prose whitespace-pre-line text-pretty" dir="auto">
            {video.description}
          </p>
        )}
        <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-3">
          <Fact term="Duration">{formatDuration(video.durationSeconds)}</Fact>
          <Fact term="Resolution">{resolutionFact(video)}</Fact>
          <Fact term="Size">{formatBytes(video.sizeBytes)}</Fact>
          <Fact term="Video codec">{videoCodecFact(video)}</Fact>
          <Fact term="Audio codec">{audioCodecFact(video)}</Fact>
          <Fact term="Uploaded">
            <LocalTime iso={video.createdAt} />
          </Fact>
          {video.owner && (
            <Fact term="Owner">
              <bdi>{video.owner.name}</bdi>
            </Fact>
          )}
          <Fact term="File name">
            <bdi className="break-words">{video.name}</bdi>
          </Fact>
        </dl>
        <Sentences label="Not carried by packages" sentences={video.notCarried} className="mt-5" />
      </div>
    </header>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-soft text-xs">{term}</dt>
      <dd className="mt-0.5 font-medium text-sm tabular-nums">{children}</dd>
    </div>
  );
}
