'use client';

import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import 'shaka-player/dist/controls.css';
import './video-player.css';
import { ConnectionNotice } from './connection-notice';
import type { Source } from './load-source';
import type { ConnectionState } from './outages';
import type { PlayerFailure } from './player-failure';
import { type Playback, startPlayback } from './start-playback';

interface VideoPlayerProps {
  /** Fixed for the lifetime of this component: another source needs another `key`. */
  source: Source;
  title: string;
  poster: string;
  onFailure: (failure: PlayerFailure, atSeconds: number) => void;
}

export function VideoPlayer({ source, title, poster, onFailure }: VideoPlayerProps) {
  const container = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<Playback>(null);
  const [connection, setConnection] = useState<ConnectionState>({ kind: 'fine' });
  const report = useEffectEvent((failure: PlayerFailure) =>
    onFailure(failure, video.current?.currentTime ?? 0),
  );

  useLayoutEffect(() => {
    if (container.current === null || video.current === null) return;
    const started = startPlayback(container.current, video.current, source, {
      onFailure: (failure) => report(failure),
      onConnection: setConnection,
    });
    playback.current = started;
    return started.stop;
  }, [source]);

  return (
    <>
      <div ref={container} className="video-player">
        {/* biome-ignore lint/a11y/useMediaCaption: text tracks come from the manifest, through the player */}
        <video ref={video} data-testid="player-video" aria-label={title} poster={poster} playsInline />
      </div>
      <ConnectionNotice state={connection} onRetry={() => playback.current?.retryNow()} />
    </>
  );
}
