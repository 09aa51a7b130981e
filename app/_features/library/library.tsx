'use client';

import { errorMessageOf } from '@/app/_lib/api-client';
import { buttonStyle } from '@/app/_ui/button-style';
import { Notice } from '@/app/_ui/notice';
import { EmptyLibrary } from './empty-library';
import { LibrarySkeleton } from './library-skeleton';
import { useLibrary } from './use-library';
import { VideoCard } from './video-card';

export function Library() {
  const { videos, error, hasMore, isLoadingMore, loadMore, refresh } = useLibrary();
  return (
    <section aria-labelledby="library-title">
      <h2 id="library-title" className="mb-4 font-semibold text-title">
        Library
      </h2>
      {error !== undefined && (
        <div className="mb-4">
          <Notice title="The library can’t be loaded" action={{ label: 'Try again', onAct: refresh }}>
            {errorMessageOf(error)}
          </Notice>
        </div>
      )}
      {videos === undefined && error === undefined && <LibrarySkeleton />}
      {videos?.length === 0 && <EmptyLibrary />}
      {videos !== undefined && videos.length > 0 && (
        <ul className="grid gap-4">
          {videos.map((video) => (
            <VideoCard key={video.id} video={video} onChanged={refresh} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div className="mt-6 flex justify-center">
          <button type="button" className={buttonStyle('plain')} onClick={loadMore} disabled={isLoadingMore}>
            {isLoadingMore ? 'Loading…' : 'Load more'}
          </button>
        </div>
      )}
    </section>
  );
}
