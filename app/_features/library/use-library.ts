'use client';

import { useEffect } from 'react';
import useSWRInfinite from 'swr/infinite';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { useUploads } from '@/app/_features/uploads/use-uploads';
import { callApi } from '@/app/_lib/api-client';
import type { Page } from '@/lib/http/page';
import type { VideoView } from '@/lib/videos/video-view';

type VideoPage = Page<VideoView>;

const pageSize = 24;
const whileInWorkMs = 1000;

/** The cursor of a page, beside the list's address; empty for the first. */
function pageKey(index: number, previous: VideoPage | null): [string, string] | null {
  if (index === 0 || previous === null) return ['/api/videos', ''];
  return previous.nextCursor === null ? null : ['/api/videos', previous.nextCursor];
}

const getPage = ([, cursor]: [string, string]) =>
  callApi('GET', '/api/videos', { query: { limit: String(pageSize), ...(cursor && { cursor }) } });

function isAnyInWork(pages: VideoPage[] | undefined): boolean {
  return (pages ?? []).some(({ items }) =>
    items.some((video) => video.packages.some((pkg) => isInWork(pkg.status))),
  );
}

/** The videos, newest first, page after page; refreshed every second while anything is being packaged. */
export function useLibrary() {
  const { arrivals } = useUploads();
  const { data, error, size, setSize, mutate } = useSWRInfinite<VideoPage, unknown>(pageKey, getPage, {
    refreshInterval: (pages) => (isAnyInWork(pages) ? whileInWorkMs : 0),
    revalidateAll: true,
    errorRetryInterval: 3000,
  });

  useEffect(() => {
    if (arrivals > 0) void mutate();
  }, [arrivals, mutate]);

  return {
    videos: data?.flatMap(({ items }) => items),
    error,
    hasMore: data?.at(-1)?.nextCursor != null,
    isLoadingMore: data !== undefined && data.length < size,
    loadMore: () => void setSize(size + 1),
    refresh: async () => void (await mutate()),
  };
}
