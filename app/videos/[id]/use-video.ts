'use client';

import useSWR from 'swr';
import { getJson, isNotFound } from '@/app/_components/api-client';
import { isInWork } from '@/app/_components/stage-words';
import type { VideoView } from '@/lib/videos/video-view';

const whileInWorkMs = 1000;

/** A video as it is now, from how it was when the page was made; fresh within a second while a package is in work. */
export function useVideo(initial: VideoView) {
  const { data, error, mutate } = useSWR<VideoView, unknown>(
    initial.links.self,
    (address: string) => getJson<VideoView>(address),
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
