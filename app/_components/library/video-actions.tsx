'use client';

import { Link2, Package, Play, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { type ButtonKind, buttonStyle } from '../button-style';
import { CopyButton } from '../copy-button';
import { DownloadLink } from '../download-link';
import { FailureLine } from '../failure-line';
import { newDraft } from '../hex-key';
import { useRequestPackage } from '../packages/use-request-package';
import { isInWork } from '../stage-words';
import { DeleteVideo } from './delete-video';

interface VideoActionsProps {
  video: VideoView;
  newest: PackageView | undefined;
  playable: PackageView | undefined;
  onChanged: () => Promise<void>;
}

/** What can be done with a video. A link to a package that is still in work is good already: its page waits. */
export function VideoActions({ video, newest, playable, onChanged }: VideoActionsProps) {
  const shared = playable ?? (newest && isInWork(newest.status) ? newest : undefined);
  const isWanting = newest === undefined || newest.status === 'failed' || newest.status === 'canceled';
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
      {isWanting && (
        <RequestPackage
          video={video}
          earlier={newest}
          kind={shared ? 'plain' : 'primary'}
          onChanged={onChanged}
        />
      )}
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
  /** The package that came to nothing; its scheme is taken again. */
  earlier: PackageView | undefined;
  kind: ButtonKind;
  onChanged: () => Promise<void>;
}

function RequestPackage({ video, earlier, kind, onChanged }: RequestPackageProps) {
  const { send, isSending, failure } = useRequestPackage(video, onChanged);
  const Icon = earlier ? RotateCcw : Package;
  return (
    <>
      <button
        type="button"
        className={buttonStyle(kind)}
        onClick={() => send({ scheme: earlier?.scheme ?? newDraft.scheme })}
        disabled={isSending}
      >
        <Icon className="size-4" aria-hidden="true" />
        {earlier ? 'Try again' : 'Package'}
      </button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
