'use client';

import { useEffect } from 'react';
import useSWRInfinite from 'swr/infinite';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { useUploads } from '@/app/_features/uploads/use-uploads';
import { callApi } from '@/app/_lib/api-client';
import type { Page } from '@/lib/http/page';
import type { VideoView } from '@/lib/videos/video-view';

type VideoPage = Page<VideoView>;

/** The newest videos, which the server renders, and how many a page has. */
export interface FirstPage {
  page: VideoPage;
  size: number;
}

const whileInWorkMs = 1000;

/** The cursor of a page, beside the list's address; empty for the first. */
function pageKey(index: number, previous: VideoPage | null): [string, string] | null {
  if (index === 0 || previous === null) return ['/api/videos', ''];
  return previous.nextCursor === null ? null : ['/api/videos', previous.nextCursor];
}

function isAnyInWork(pages: VideoPage[]): boolean {
  return pages.some(({ items }) => items.some((video) => video.packages.some((pkg) => isInWork(pkg.status))));
}

/**
 * The videos, newest first, page after page, starting with the page that the server rendered; refreshed every
 * second while anything is being packaged.
 */
export function useLibrary(first: FirstPage) {
  const { arrivals } = useUploads();
  const rendered = [first.page];
  const getPage = ([, cursor]: [string, string]) =>
    callApi('GET', '/api/videos', { query: { limit: String(first.size), ...(cursor && { cursor }) } });
  const {
    data = rendered,
    error,
    size,
    setSize,
    mutate,
  } = useSWRInfinite<VideoPage, unknown>(pageKey, getPage, {
    fallbackData: rendered,
    refreshInterval: (pages) => (isAnyInWork(pages ?? rendered) ? whileInWorkMs : 0),
    revalidateAll: true,
    errorRetryInterval: 3000,
  });

  useEffect(() => {
    if (arrivals > 0) void mutate();
  }, [arrivals, mutate]);

  return {
    videos: data.flatMap(({ items }) => items),
    error,
    hasMore: data.at(-1)?.nextCursor != null,
    isLoadingMore: data.length < size,
    loadMore: () => void setSize(size + 1),
    refresh: async () => void (await mutate()),
  };
}
