'use client';

import useSWR from 'swr';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { callApi, isNotFound } from '@/app/_lib/api-client';
import type { PackageView } from '@/lib/packages/package-view';

const whileInWorkMs = 1000;

/**
 * The current state of a package, starting with the one that the page was rendered with; refreshed every
 * second while work on it waits or runs.
 */
export function usePackage(initial: PackageView) {
  const { data, error, mutate } = useSWR<PackageView, unknown>(
    initial.links.self,
    () => callApi('GET', '/api/packages/{id}', { params: { id: initial.id } }),
    {
      fallbackData: initial,
      refreshInterval: (pkg) => (isInWork((pkg ?? initial).status) ? whileInWorkMs : 0),
      shouldRetryOnError: (failure: unknown) => !isNotFound(failure),
      errorRetryInterval: 3000,
    },
  );
  return { pkg: data ?? initial, error, refresh: async () => void (await mutate()) };
}
