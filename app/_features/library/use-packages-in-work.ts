'use client';

import useSWR from 'swr';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { callApi, isNotFound } from '@/app/_lib/api-client';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';

const whileInWorkMs = 1000;

/**
 * The videos with the current state of their packages. Those on which work waits or runs are requested every
 * second, and nothing else; nothing is requested while there are none.
 * @param onEnd called when work on one of them has ended, or it is gone
 */
export function usePackagesInWork(videos: VideoView[], onEnd: () => Promise<void>) {
  const ids = videos.flatMap(({ packages }) =>
    packages.filter(({ status }) => isInWork(status)).map(({ id }) => id),
  );
  const { data: current = [], error } = useSWR<(PackageView | null)[], unknown>(
    ids.length === 0 ? null : ['packages in work', ...ids],
    () => Promise.all(ids.map(getPackage)),
    {
      refreshInterval: whileInWorkMs,
      revalidateOnMount: false,
      keepPreviousData: true,
      errorRetryInterval: 3000,
      onSuccess: (packages) => {
        if (packages.some((pkg) => pkg === null || !isInWork(pkg.status))) void onEnd();
      },
    },
  );
  // What has ended is shown once the list has it: an end may be that of earlier work.
  const currentOf = (pkg: PackageView) =>
    (isInWork(pkg.status) && current.find((other) => other?.id === pkg.id && isInWork(other.status))) || pkg;
  return {
    videos: videos.map((video) => ({ ...video, packages: video.packages.map(currentOf) })),
    error: ids.length === 0 ? undefined : error,
  };
}

/** A package; null when it is gone. */
async function getPackage(id: number): Promise<PackageView | null> {
  try {
    return await callApi('GET', '/api/packages/{id}', { params: { id } });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
