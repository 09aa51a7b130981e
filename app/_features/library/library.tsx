'use client';

import { errorMessageOf } from '@/app/_lib/api-client';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Section } from '@/app/_ui/page-parts';
import { type FirstPage, useLibrary } from './use-library';
import { VideoCard } from './video-card';

/** All videos, newest first. */
export function Library({ first }: { first: FirstPage }) {
  const { videos, error, hasMore, isLoadingMore, loadMore, refresh } = useLibrary(first);
  return (
    <Section title="Library">
      {error !== undefined && (
        <Notice
          title="The library may be out of date"
          action={{ label: 'Try again', onAct: refresh }}
          className="mb-4"
        >
          {errorMessageOf(error)}
        </Notice>
      )}
      {videos.length === 0 ? (
        <EmptyLibrary />
      ) : (
        <ul className="grid gap-4">
          {videos.map((video) => (
            <VideoCard key={video.id} video={video} onChanged={refresh} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div className="mt-6 flex justify-center">
          <Button onClick={loadMore} disabled={isLoadingMore}>
            {isLoadingMore ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </Section>
  );
}

const steps = [
  { title: 'Add a video', text: 'Most formats work: MP4, MKV, MOV, WebM and more.' },
  { title: 'Wait while it is packaged', text: 'It is encrypted and made ready for every connection speed.' },
  { title: 'Play or share it', text: 'Watch it here, or share its link.' },
];

/** An invitation, for a library with nothing in it. */
function EmptyLibrary() {
  return (
    <div className="panel p-6 sm:p-10">
      <p className="text-soft">No videos yet. How it works:</p>
      <ol className="mt-6 grid gap-6 sm:grid-cols-3 sm:gap-8">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="flex gap-4 sm:flex-col sm:gap-3">
            <span
              className="grid size-9 shrink-0 place-items-center rounded-full bg-tint font-semibold text-accent text-sm"
              aria-hidden="true"
            >
              {index + 1}
            </span>
            <div>
              <p className="font-semibold">{title}</p>
              <p className="mt-1 text-pretty text-soft text-sm">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
