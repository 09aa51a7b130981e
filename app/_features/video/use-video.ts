'use client';

import useSWR from 'swr';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { callApi, isNotFound } from '@/app/_lib/api-client';
import type { VideoView } from '@/lib/videos/video-view';

const whileInWorkMs = 1000;

/**
 * The current state of a video, starting with the one that the page was rendered with; refreshed every second
 * while work on a package waits or runs.
 */
export function useVideo(initial: VideoView) {
  const { data, error, mutate } = useSWR<VideoView, unknown>(
    initial.links.self,
    () => callApi('GET', '/api/videos/{id}', { params: { id: initial.id } }),
    {
      fallbackData: initial,
      refreshInterval: (video) =>
        (video ?? initial).packages.some((pkg) => isInWork(pkg.status)) ? whileInWorkMs : 0,
      shouldRetryOnError: (failure: unknown) => !isNotFound(failure),
      errorRetryInterval: 3000,
    },
  );
  return { video: data ?? initial, error, refresh: async () => void (await mutate()) };
}
