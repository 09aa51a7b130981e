'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { useUploads } from '@/app/_features/uploads/use-uploads';
import { callApi } from '@/app/_lib/api-client';
import type { OwnerView } from '@/lib/videos/list-owners';
import type { VideoPage } from '@/lib/videos/list-videos';
import { type LibraryQuery, libraryAddress, readLibraryQuery, videosRequest } from './library-query';
import { usePackagesInWork } from './use-packages-in-work';

/** What the server renders: the page of the address, and possible owners (null without accounts). */
export interface FirstPage {
  page: VideoPage;
  query: LibraryQuery;
  owners: OwnerView[] | null;
}

/** A page of videos, and what it answers. */
interface Shown {
  page: VideoPage;
  query: LibraryQuery;
}

/** Whether this tab has shown the library before, and may know a page that is not current any more. */
let isKnown = false;

/**
 * The videos that the address asks for, beginning with the page that the server rendered. Another page costs
 * one request; packages in work are refreshed by themselves.
 */
export function useLibrary(first: FirstPage) {
  const { arrivals } = useUploads();
  const parameters = useSearchParams();
  const query = readLibraryQuery((name) => parameters.get(name), first.owners !== null);
  const address = libraryAddress(query);
  const [wasKnown] = useState(isKnown);
  const getPage = async () => ({
    page: await callApi('GET', '/api/videos', { query: videosRequest(query) }),
    query,
  });
  const {
    data = first,
    error,
    mutate,
  } = useSWR<Shown, unknown>(['/api/videos', address], getPage, {
    fallbackData: first,
    revalidateOnMount: wasKnown,
    keepPreviousData: true,
    errorRetryInterval: 3000,
  });
  const refresh = async () => void (await mutate());
  const { videos, error: workError } = usePackagesInWork(data.page.items, refresh);

  useEffect(() => {
    isKnown = true;
  }, []);
  useEffect(() => {
    if (arrivals > 0) void mutate();
  }, [arrivals, mutate]);

  return {
    videos,
    total: data.page.total,
    /** What the address asks for. */
    query,
    /** What the videos are the answer to. */
    shown: data.query,
    isLoading: libraryAddress(data.query) !== address && error === undefined,
    error: error ?? workError,
    refresh,
    /** Shows something else: as a new step of the browser's history, or instead of the present one. */
    show(changes: Partial<LibraryQuery>, step: 'new' | 'same' = 'new') {
      const next = libraryAddress({ ...query, page: 1, ...changes });
      if (step === 'new') window.history.pushState(null, '', next);
      else window.history.replaceState(null, '', next);
    },
  };
}
