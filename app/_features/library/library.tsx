'use client';

import { ChevronLeft, ChevronRight, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { errorMessageOf } from '@/app/_lib/api-client';
import { AllowedProvider } from '@/app/_lib/session';
import { Button, ButtonLink } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Section } from '@/app/_ui/page-parts';
import { EmptyLibrary } from './empty-library';
import { LibraryFilters } from './library-filters';
import { isNarrowed, type LibraryQuery, libraryAddress, pagesOf, wholeLibrary } from './library-query';
import { type FirstPage, useLibrary } from './use-library';
import { VideoCard } from './video-card';

/**
 * The videos, with a search, filters and pages. `isPage`: the reader can only watch, and the page has nothing
 * else.
 */
export function Library({ first, isPage = false }: { first: FirstPage; isPage?: boolean }) {
  const { videos, total, query, shown, isLoading, error, refresh, show } = useLibrary(first);
  const top = useRef<HTMLDivElement>(null);
  const isEmpty = total === 0 && !isNarrowed(shown) && !isNarrowed(query);
  const showPage = (page: number) => {
    show({ page });
    top.current?.scrollIntoView();
    top.current?.focus({ preventScroll: true });
  };
  return (
    <div ref={top} tabIndex={-1} className="scroll-mt-6 focus-visible:outline-none">
      <Section title="Library" isPage={isPage}>
        {error !== undefined && (
          <Notice
            title="The library may be out of date"
            action={{ label: 'Try again', onAct: refresh }}
            className="mb-4"
          >
            {errorMessageOf(error)}
          </Notice>
        )}
        {!isEmpty && (
          <LibraryFilters query={query} owners={first.owners} total={total} shown={shown} onShow={show} />
        )}
        <div aria-busy={isLoading} className={`transition-opacity ${isLoading ? 'opacity-50' : ''}`}>
          {isEmpty && (isPage ? <NothingShared /> : <EmptyLibrary />)}
          {!isEmpty && videos.length === 0 && (
            <NothingFound isPage={total > 0} onShowAll={() => show(total > 0 ? { page: 1 } : wholeLibrary)} />
          )}
          {videos.length > 0 && (
            <ul className="grid gap-4">
              {videos.map((video) => (
                <AllowedProvider key={video.id} allowed={video.allowed}>
                  <VideoCard video={video} onChanged={refresh} />
                </AllowedProvider>
              ))}
            </ul>
          )}
        </div>
        <Pages query={shown} total={total} onShow={showPage} />
      </Section>
    </div>
  );
}

/** For who can't add videos. */
function NothingShared() {
  return (
    <p className="panel p-6 text-pretty text-soft sm:p-10">
      No videos yet. Those that their owners share with everyone who can sign in appear here.
    </p>
  );
}

/** For a search that finds nothing, or a page behind the last one. */
function NothingFound({ isPage, onShowAll }: { isPage: boolean; onShowAll: () => void }) {
  return (
    <div className="panel flex flex-col items-center gap-4 px-6 py-12 text-center">
      <SearchX className="size-8 text-soft" aria-hidden="true" />
      <div>
        <p className="font-semibold">{isPage ? 'This page is empty' : 'Nothing found'}</p>
        <p className="mt-1 text-pretty text-soft text-sm">
          {isPage ? 'There are fewer videos than that.' : 'No video fits this search and these filters.'}
        </p>
      </div>
      <Button onClick={onShowAll}>{isPage ? 'Go to the first page' : 'Show all videos'}</Button>
    </div>
  );
}

interface PagesProps {
  query: LibraryQuery;
  total: number;
  onShow: (page: number) => void;
}

/** Links to the pages before and after this one; nothing while there is only one. */
function Pages({ query, total, onShow }: PagesProps) {
  const last = pagesOf(total);
  if (last === 1 || query.page > last) return null;
  const linkTo = (page: number) => ({
    href: page < 1 || page > last ? null : libraryAddress({ ...query, page }),
    prefetch: false,
    onNavigate: (event: { preventDefault: () => void }) => {
      event.preventDefault();
      onShow(page);
    },
  });
  return (
    <nav aria-label="Pages of the library" className="mt-6 flex items-center justify-between gap-3">
      <ButtonLink icon={ChevronLeft} {...linkTo(query.page - 1)}>
        Previous
      </ButtonLink>
      <p className="text-center text-soft text-sm tabular-nums">
        Page {query.page} of {last}
      </p>
      <ButtonLink icon={ChevronRight} isIconLast {...linkTo(query.page + 1)}>
        Next
      </ButtonLink>
    </nav>
  );
}
