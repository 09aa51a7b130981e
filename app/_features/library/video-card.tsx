'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { PackageBadge } from '@/app/_features/packages/package-badge';
import { PackageWork } from '@/app/_features/packages/package-work';
import { shortFacts } from '@/app/_features/video/video-facts';
import { countOf, formatDuration } from '@/app/_lib/format';
import { Poster } from '@/app/_ui/poster';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { VideoActions } from './video-actions';

interface VideoCardProps {
  video: VideoView;
  onChanged: () => Promise<void>;
}

/** One video of the library, with its newest package. */
export function VideoCard({ video, onChanged }: VideoCardProps) {
  const newest = video.packages[0];
  const playable = video.packages.find((pkg) => pkg.playable);
  return (
    <li className="panel overflow-hidden" data-testid="video-card">
      <article className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-4 p-4 sm:grid-cols-[13rem_minmax(0,1fr)] sm:gap-x-6">
        <PosterLink video={video} playable={playable} />
        <div className="flex min-w-0 flex-col gap-1.5">
          <h3 className="font-semibold leading-snug">
            <Link
              href={video.links.page}
              className="block truncate rounded-sm text-left decoration-2 underline-offset-4 hover:underline"
              title={video.title}
              dir="auto"
            >
              {video.title}
            </Link>
          </h3>
          <p className="text-soft text-sm tabular-nums">
            <span className="sr-only">{formatDuration(video.durationSeconds)} · </span>
            {shortFacts(video)}
            {video.owner && <> · {video.owner.name}</>}
          </p>
          {video.description !== '' && (
            <p className="line-clamp-2 text-pretty text-soft text-sm" dir="auto">
              {video.description}
            </p>
          )}
          {newest && (
            <p className="flex flex-wrap items-center gap-2 pt-0.5">
              <PackageBadge pkg={newest} />
              {video.packages.length > 1 && (
                <span className="text-soft text-xs">{countOf(video.packages.length, 'package')}</span>
              )}
            </p>
          )}
        </div>
        <div className="col-span-2 grid gap-4 sm:col-span-1 sm:col-start-2">
          {newest && <PackageWork pkg={newest} hasRetry={false} onChanged={onChanged} />}
          <VideoActions video={video} newest={newest} playable={playable} onChanged={onChanged} />
        </div>
      </article>
    </li>
  );
}

function PosterLink({ video, playable }: { video: VideoView; playable: PackageView | undefined }) {
  return (
    <Link
      href={playable?.links.play ?? video.links.page}
      // Not a tab stop: the name beside it and the Play button lead to the same pages.
      tabIndex={-1}
      aria-hidden="true"
      className="group relative block self-start overflow-hidden rounded-control sm:row-span-2"
    >
      <Poster src={video.hasPoster ? video.links.poster : null} />
      <span className="absolute right-1.5 bottom-1.5 rounded-sm bg-stage/80 px-1.5 py-0.5 font-medium text-[0.6875rem] text-stage-ink tabular-nums">
        {formatDuration(video.durationSeconds)}
      </span>
      {playable && (
        <span className="absolute inset-0 grid place-items-center bg-stage/40 opacity-0 transition-opacity group-hover:opacity-100">
          <Play className="size-9 fill-current text-stage-ink" />
        </span>
      )}
    </Link>
  );
}
