'use client';

import { Package } from 'lucide-react';
import {
  CopyLinkButton,
  DownloadButton,
  PlayButton,
  useRequestPackage,
} from '@/app/_features/packages/package-actions';
import { newDraft } from '@/app/_features/packages/package-form';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { canRetry } from '@/app/_features/packages/package-work-text';
import { RetryButton } from '@/app/_features/packages/work-buttons';
import { DeleteVideo } from '@/app/_features/video/delete-video';
import { useSession } from '@/app/_lib/session';
import { Button } from '@/app/_ui/button';
import { FailureLine } from '@/app/_ui/notice';
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
  const { may } = useSession();
  const shared = playable ?? (newest && isInWork(newest.status) ? newest : undefined);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {shared && (
        <>
          <PlayButton pkg={shared} className="max-sm:flex-1" />
          {may('download') && <DownloadButton pkg={shared} size="folding" />}
          <CopyLinkButton pkg={shared} size="folding" />
        </>
      )}
      {may('package.write') && newest && canRetry(newest) && (
        <RetryButton pkg={newest} isAside={shared !== undefined} onChanged={onChanged} />
      )}
      {may('package.write') && newest === undefined && <RequestPackage video={video} onChanged={onChanged} />}
      {may('video.write') && (
        <div className="ml-auto">
          <DeleteVideo video={video} onDeleted={onChanged} />
        </div>
      )}
    </div>
  );
}

function RequestPackage({ video, onChanged }: Pick<VideoActionsProps, 'video' | 'onChanged'>) {
  const { send, isSending, failure } = useRequestPackage(video.id, onChanged);
  return (
    <>
      <Button
        kind="primary"
        icon={Package}
        onClick={() => send({ scheme: newDraft.scheme })}
        disabled={isSending}
      >
        Package
      </Button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
