'use client';

import { Link2, Package, Play } from 'lucide-react';
import Link from 'next/link';
import { DownloadLink } from '@/app/_features/packages/download-link';
import { newDraft } from '@/app/_features/packages/package-form';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { canRetry } from '@/app/_features/packages/package-work-text';
import { RetryButton } from '@/app/_features/packages/retry-button';
import { useRequestPackage } from '@/app/_features/packages/use-request-package';
import { DeleteVideo } from '@/app/_features/video/delete-video';
import { buttonStyle } from '@/app/_ui/button-style';
import { CopyButton } from '@/app/_ui/copy-button';
import { FailureLine } from '@/app/_ui/failure-line';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';

interface VideoActionsProps {
  video: VideoView;
  newest: PackageView | undefined;
  playable: PackageView | undefined;
  onChanged: () => Promise<void>;
}

/**
 * The actions for a video. The link to a package that is still in work can be copied already: its page waits.
 */
export function VideoActions({ video, newest, playable, onChanged }: VideoActionsProps) {
  const shared = playable ?? (newest && isInWork(newest.status) ? newest : undefined);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {shared && (
        <>
          <PlayButton pkg={shared} />
          <DownloadLink size="folding" path={shared.links.download} />
          <CopyButton
            size="folding"
            label="Copy link"
            icon={Link2}
            text={() => new URL(shared.links.play, location.href).href}
          />
        </>
      )}
      {newest && canRetry(newest) && (
        <RetryButton pkg={newest} isAside={shared !== undefined} onChanged={onChanged} />
      )}
      {newest === undefined && <RequestPackage video={video} onChanged={onChanged} />}
      <div className="ml-auto">
        <DeleteVideo video={video} onDeleted={onChanged} />
      </div>
    </div>
  );
}

function PlayButton({ pkg }: { pkg: PackageView }) {
  const inside = (
    <>
      <Play className="size-4 fill-current" aria-hidden="true" />
      Play
    </>
  );
  if (!pkg.playable) {
    return (
      <button type="button" className={`${buttonStyle('primary')} max-sm:flex-1`} disabled>
        {inside}
      </button>
    );
  }
  return (
    <Link href={pkg.links.play} className={`${buttonStyle('primary')} max-sm:flex-1`}>
      {inside}
    </Link>
  );
}

interface RequestPackageProps {
  video: VideoView;
  onChanged: () => Promise<void>;
}

function RequestPackage({ video, onChanged }: RequestPackageProps) {
  const { send, isSending, failure } = useRequestPackage(video, onChanged);
  return (
    <>
      <button
        type="button"
        className={buttonStyle('primary')}
        onClick={() => send({ scheme: newDraft.scheme })}
        disabled={isSending}
      >
        <Package className="size-4" aria-hidden="true" />
        Package
      </button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
