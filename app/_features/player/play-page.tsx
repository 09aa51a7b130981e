'use client';

import { notFound } from 'next/navigation';
import useSWR from 'swr';
import { CopyLinkButton, DownloadButton } from '@/app/_features/packages/package-actions';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { callApi, isNotFound } from '@/app/_lib/api-client';
import { formatDuration } from '@/app/_lib/format';
import { useSession } from '@/app/_lib/session';
import { ButtonLink } from '@/app/_ui/button';
import { BackLink, NameTitle } from '@/app/_ui/page-parts';
import type { PackageView } from '@/lib/packages/package-view';
import { Stage } from './stage';

/** The player, and below it what plays. */
export function PlayPage({ initial }: { initial: PackageView }) {
  // A failed poll does not matter to a viewer; the player reports its own problems.
  const { pkg, error, refresh } = usePackage(initial);
  if (isNotFound(error)) notFound();
  return (
    <main className="flex-1 pb-16">
      <div className="bg-stage">
        <Stage pkg={pkg} onRetry={refresh} />
      </div>
      <PlayCaption pkg={pkg} />
    </main>
  );
}

function PlayCaption({ pkg }: { pkg: PackageView }) {
  const { may, mayAnywhere } = useSession();
  return (
    <div className="shell pt-3">
      {mayAnywhere('video.read') && <BackLink href="/" label="Library" />}
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-8 gap-y-5">
        <div className="min-w-0 flex-1 basis-80">
          <NameTitle name={pkg.videoTitle} />
          <p className="mt-1 text-soft text-sm tabular-nums">
            {formatDuration(pkg.durationSeconds)} · encrypted with {pkg.scheme}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {may('download') && <DownloadButton pkg={pkg} />}
          {may('video.read') && (
            <>
              <CopyLinkButton pkg={pkg} />
              <ButtonLink href={`/videos/${pkg.videoId}`} prefetch={false}>
                Details
              </ButtonLink>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

const whileInWorkMs = 1000;

/**
 * The current state of a package, starting with the one that the page was rendered with; refreshed every
 * second while work on it waits or runs.
 */
function usePackage(initial: PackageView) {
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
