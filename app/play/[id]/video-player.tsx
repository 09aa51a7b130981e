'use client';

import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import 'shaka-player/dist/controls.css';
import './video-player.css';
import type { PlayerFailure } from './player-failure';
import { type Source, startPlayback } from './start-playback';

interface VideoPlayerProps {
  /** Fixed for the life of this component: another source needs another `key`. */
  source: Source;
  title: string;
  poster: string;
  onFailure: (failure: PlayerFailure, atSeconds: number) => void;
}

export function VideoPlayer({ source, title, poster, onFailure }: VideoPlayerProps) {
  const container = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const report = useEffectEvent((failure: PlayerFailure) =>
    onFailure(failure, video.current?.currentTime ?? 0),
  );
  const { manifest, license, startSeconds } = source;

  useLayoutEffect(() => {
    if (container.current === null || video.current === null) return;
    return startPlayback(container.current, video.current, { manifest, license, startSeconds }, (failure) =>
      report(failure),
    );
  }, [manifest, license, startSeconds]);

  return (
    <div ref={container} className="video-player">
      {/* biome-ignore lint/a11y/useMediaCaption: text tracks come from the manifest, through the player */}
      <video ref={video} data-testid="player-video" aria-label={title} poster={poster} playsInline />
    </div>
  );
}
