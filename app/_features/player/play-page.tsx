'use client';

import { Link2 } from 'lucide-react';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DownloadLink } from '@/app/_features/packages/download-link';
import { isNotFound } from '@/app/_lib/api-client';
import { formatDuration } from '@/app/_lib/format';
import { BackLink } from '@/app/_ui/back-link';
import { buttonStyle } from '@/app/_ui/button-style';
import { CopyButton } from '@/app/_ui/copy-button';
import type { PackageView } from '@/lib/packages/package-view';
import { Stage } from './stage';
import { usePackage } from './use-package';

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
  return (
    <div className="shell pt-3">
      <BackLink href="/" label="Library" />
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-8 gap-y-5">
        <div className="min-w-0 flex-1 basis-80">
          <h1
            className="line-clamp-3 break-words text-left font-semibold text-title"
            title={pkg.videoName}
            dir="auto"
          >
            {pkg.videoName}
          </h1>
          <p className="mt-1 text-soft text-sm tabular-nums">
            {formatDuration(pkg.durationSeconds)} · encrypted with {pkg.scheme}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <DownloadLink path={pkg.links.download} />
          <CopyButton
            label="Copy link"
            icon={Link2}
            text={() => new URL(pkg.links.play, location.href).href}
          />
          <Link href={`/videos/${pkg.videoId}`} prefetch={false} className={buttonStyle('plain')}>
            Details
          </Link>
        </div>
      </div>
    </div>
  );
}
