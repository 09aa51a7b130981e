'use client';

import { formatBytes } from '@/app/_lib/format';
import { useSession } from '@/app/_lib/session';
import { CopyLine } from '@/app/_ui/copy-button';
import { Disclosure } from '@/app/_ui/disclosure';
import { LocalTime } from '@/app/_ui/local-time';
import { Sentences } from '@/app/_ui/page-parts';
import type { PackageView } from '@/lib/packages/package-view';
import { KeyPanel } from './key-panel';
import { DeletePackage, DownloadButton, PlayButton } from './package-actions';
import { PackageBadge } from './package-badge';
import { PackageEdits } from './package-edits';
import { PackageWork, showsWork } from './package-work';
import { ShareLinks } from './share-links';
import { TrackTable } from './track-table';

interface PackagePanelProps {
  pkg: PackageView;
  /** Whether the tracks, addresses and keys are unfolded from the start. */
  isUnfolded: boolean;
  onChanged: () => Promise<void>;
}

/** All information about a package, and all its actions. */
export function PackagePanel({ pkg, isUnfolded, onChanged }: PackagePanelProps) {
  const { may } = useSession();
  return (
    <article className="panel" aria-labelledby={`package-${pkg.id}`} data-testid="package-panel">
      <PackageTop pkg={pkg} onDeleted={onChanged} />
      {showsWork(pkg) && (
        <div className="px-5 pb-5 sm:px-6 sm:pb-6">
          <PackageWork pkg={pkg} onChanged={onChanged} />
        </div>
      )}
      {may('package.write') && <PackageEdits pkg={pkg} onChanged={onChanged} />}
      {may('share.manage') && <ShareLinks pkg={pkg} />}
      <Disclosure
        summary={may('key.read') ? 'Tracks, addresses and key' : 'Tracks and addresses'}
        look="row"
        isOpen={isUnfolded}
        className="border-line border-t"
      >
        <div className="grid gap-7 px-5 pt-2 pb-5 sm:px-6 sm:pb-6">
          {pkg.tracks.length > 0 && <TrackTable tracks={pkg.tracks} />}
          <Sentences label="Not carried" sentences={pkg.notCarried} />
          <Addresses pkg={pkg} />
          {/* Visible keys are discarded when new ones replace them. */}
          {may('key.read') && <KeyPanel key={pkg.kids.join()} pkg={pkg} />}
        </div>
      </Disclosure>
    </article>
  );
}

function PackageTop({ pkg, onDeleted }: { pkg: PackageView; onDeleted: () => Promise<void> }) {
  const { may } = useSession();
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
        {pkg.playable && <PlayButton pkg={pkg} />}
        {may('download') && <DownloadButton pkg={pkg} />}
        {may('package.write') && <DeletePackage pkg={pkg} onDeleted={onDeleted} />}
      </div>
    </header>
  );
}

/** The KIDs and addresses of a package, for other players and tools. */
function Addresses({ pkg: { kids, links, playable } }: { pkg: PackageView }) {
  const addresses: [label: string, path: string | null][] = [
    ['Play page', links.play],
    ['DASH manifest', links.manifest],
    ['HLS playlist', links.hls],
    ['ClearKey license', playable ? links.license : null],
  ];
  return (
    <div className="divide-y divide-line border-line border-y">
      {kids.map((kid) => (
        <CopyLine key={kid} label="KID" text={kid} />
      ))}
      {addresses.map(
        ([label, path]) =>
          path !== null && (
            <CopyLine
              key={label}
              label={label}
              text={path}
              copied={() => new URL(path, location.href).href}
            />
          ),
      )}
    </div>
  );
}
