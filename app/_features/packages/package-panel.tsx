'use client';

import { ChevronDown, Play } from 'lucide-react';
import Link from 'next/link';
import { formatBytes } from '@/app/_lib/format';
import { buttonStyle } from '@/app/_ui/button-style';
import { LocalTime } from '@/app/_ui/local-time';
import type { PackageView } from '@/lib/packages/package-view';
import { DeletePackage } from './delete-package';
import { DownloadLink } from './download-link';
import { KeyPanel } from './key-panel';
import { PackageAddresses } from './package-addresses';
import { PackageBadge } from './package-badge';
import { PackageEdits } from './package-edits';
import { PackageWork, showsWork } from './package-work';
import { TrackTable } from './track-table';

interface PackagePanelProps {
  pkg: PackageView;
  /** Whether the tracks, addresses and keys are unfolded from the start. */
  isUnfolded: boolean;
  onChanged: () => Promise<void>;
}

/** All information about a package, and all its actions. */
export function PackagePanel({ pkg, isUnfolded, onChanged }: PackagePanelProps) {
  return (
    <article className="panel" aria-labelledby={`package-${pkg.id}`} data-testid="package-panel">
      <PackageTop pkg={pkg} onDeleted={onChanged} />
      {showsWork(pkg) && (
        <div className="px-5 pb-5 sm:px-6 sm:pb-6">
          <PackageWork pkg={pkg} onChanged={onChanged} />
        </div>
      )}
      <PackageEdits pkg={pkg} onChanged={onChanged} />
      <details className="group border-line border-t" open={isUnfolded}>
        <summary className="flex min-h-12 list-none items-center gap-2 px-5 font-medium text-sm text-soft hover:text-ink sm:px-6">
          <ChevronDown className="size-4 transition-transform group-open:rotate-180" aria-hidden="true" />
          Tracks, addresses and key
        </summary>
        <div className="grid gap-7 px-5 pt-2 pb-5 sm:px-6 sm:pb-6">
          {pkg.tracks.length > 0 && <TrackTable tracks={pkg.tracks} />}
          {pkg.notCarried.length > 0 && (
            <ul aria-label="Not carried" className="grid gap-1 text-soft text-sm">
              {pkg.notCarried.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          <PackageAddresses pkg={pkg} />
          {/* Visible keys are discarded when new ones replace them. */}
          <KeyPanel key={pkg.kids.join()} pkg={pkg} />
        </div>
      </details>
    </article>
  );
}

function PackageTop({ pkg, onDeleted }: { pkg: PackageView; onDeleted: () => Promise<void> }) {
  return (
    <header className="flex flex-wrap items-center gap-x-6 gap-y-4 p-5 sm:p-6">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-3">
          <h3 id={`package-${pkg.id}`} className="font-semibold text-lg tracking-tight">
            Package {pkg.id}
          </h3>
          <PackageBadge pkg={pkg} />
        </div>
        <p className="mt-1 text-soft text-sm tabular-nums">
          Scheme {pkg.scheme} · {pkg.sizeBytes !== null && `${formatBytes(pkg.sizeBytes)} · `}Requested{' '}
          <LocalTime iso={pkg.createdAt} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {pkg.playable && (
          <Link href={pkg.links.play} className={buttonStyle('primary')}>
            <Play className="size-4 fill-current" aria-hidden="true" />
            Play
          </Link>
        )}
        <DownloadLink path={pkg.links.download} />
        <DeletePackage pkg={pkg} onDeleted={onDeleted} />
      </div>
    </header>
  );
}
