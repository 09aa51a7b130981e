'use client';

import { useState } from 'react';
import { activityOf } from '@/app/_features/packages/package-status-text';
import type { PackageView } from '@/lib/packages/package-view';
import { FailurePanel } from './failure-panel';
import type { Source } from './load-source';
import type { PlayerFailure } from './player-failure';
import { VideoPlayer } from './video-player';
import { WaitingPanel } from './waiting-panel';

interface StageProps {
  pkg: PackageView;
  /** Fetches the package anew. */
  onRetry: () => Promise<void>;
}

/** The dark part of the page: the player, or the reason why there is none. */
export function Stage({ pkg, onRetry }: StageProps) {
  const { source, startOver } = useSource(pkg);
  const [stop, setStop] = useState<{ failure: PlayerFailure; atSeconds: number } | null>(null);
  const poster = `/api/videos/${pkg.videoId}/poster`;

  const retry = async () => {
    await onRetry();
    startOver(stop?.atSeconds ?? 0);
    setStop(null);
  };

  if (stop !== null) return <FailurePanel failure={stop.failure} onRetry={retry} />;
  if (source !== null) {
    return (
      <Frame shape={source.shape}>
        <VideoPlayer
          key={source.attempt}
          source={source}
          title={pkg.videoTitle}
          poster={poster}
          onFailure={(failure, atSeconds) => setStop({ failure, atSeconds })}
        />
      </Frame>
    );
  }
  if (pkg.status === 'failed' || pkg.status === 'canceled')
    return <FailurePanel failure={packagingFailure(pkg)} />;
  return (
    <Frame shape="16 / 9">
      <WaitingPanel
        poster={poster}
        activity={activityOf(pkg) ?? 'Loading'}
        progress={pkg.status === 'processing' ? pkg.progress : null}
      />
    </Frame>
  );
}

/** As large as a video of this shape can be in the window with the title still visible. */
function Frame({ shape, children }: { shape: string; children: React.ReactNode }) {
  return (
    <div className="relative max-h-[calc(100svh-12rem)] min-h-48 w-full overflow-hidden">
      {/* Gives the frame its shape: the page's policy allows no styles in its HTML. */}
      <svg viewBox={`0 0 ${shape.replace('/', ' ')}`} className="w-full" aria-hidden="true" />
      {children}
    </div>
  );
}

function packagingFailure({ status, error }: PackageView): PlayerFailure {
  return {
    code: status,
    title: status === 'canceled' ? 'Packaging was canceled' : 'This video could not be packaged',
    advice: error?.message ?? 'It was canceled before there was anything to play.',
  };
}

interface NumberedSource extends Source {
  /** Increases with every new start, so that each gets its own player. */
  attempt: number;
  /** The video's aspect ratio, for CSS. */
  shape: string;
}

/**
 * The addresses that playback starts with, as soon as there are any. They stay the same when a later version
 * is published, so that viewers are not interrupted; starting over uses the newest version.
 */
function useSource(pkg: PackageView) {
  const [start, setStart] = useState({ attempt: 0, atSeconds: 0 });
  const [source, setSource] = useState<NumberedSource | null>(null);
  const { manifest, license } = pkg.links;
  if (manifest !== null && source?.attempt !== start.attempt) {
    setSource({
      manifest,
      license,
      scheme: pkg.scheme,
      tracks: pkg.tracks,
      startSeconds: start.atSeconds,
      attempt: start.attempt,
      shape: shapeOf(pkg),
    });
  }
  const startOver = (atSeconds: number) => setStart(({ attempt }) => ({ attempt: attempt + 1, atSeconds }));
  return { source, startOver };
}

function shapeOf({ tracks }: PackageView): string {
  const video = tracks.find(({ kind }) => kind === 'video');
  return video?.width && video.height ? `${video.width} / ${video.height}` : '16 / 9';
}
