import type shaka from 'shaka-player/dist/shaka-player.ui';
import { decryptForPlayer } from '@/app/_features/player/decryption/decrypt-for-player';
import { environmentOf, hasClearKey, isApple } from './browser-support';
import { listenForKeys } from './keyboard';
import { loadAsChosen, type Source } from './load-source';
import { openShaka } from './open-shaka';
import { type ConnectionState, Outages, watchConnection } from './outages';
import { newOverlay } from './player-controls';
import { failureOf, obstacleTo, type PlayerFailure, waitingForKeyFailure } from './player-failure';
import { rememberChoices } from './remember-choices';
import { retryDuringOutages } from './retry-requests';
import { watchForKey, watchForStall } from './watch-video';

/** What playback reports while it lasts. */
export interface Reports {
  /** Called at most once, when playback can't continue. */
  onFailure: (failure: PlayerFailure) => void;
  /** Called when the connection state changes. */
  onConnection: (state: ConnectionState) => void;
}

export interface Playback {
  /** Retries at once the requests that wait for an unreachable server. */
  retryNow: () => void;
  /** Ends playback and frees the player. */
  stop: () => void;
}

type Shaka = typeof shaka;

/** How long the controls wait for the first frame. */
const mostWithoutControlsMs = 500;

/** Starts Shaka Player with its controls on a video element. */
export function startPlayback(
  container: HTMLElement,
  video: HTMLVideoElement,
  source: Source,
  { onFailure, onConnection }: Reports,
): Playback {
  let isOver = false;
  let player: shaka.Player | undefined;
  let overlay: shaka.ui.Overlay | undefined;
  const outages = new Outages();
  const fail = (failure: PlayerFailure | null) => {
    if (isOver || failure === null) return;
    isOver = true;
    onFailure(failure);
  };
  const failWith = (error: unknown) => fail(failureOf(error, environmentOf(source)));
  const stops = [
    watchConnection(video, outages, onConnection),
    watchForKey(
      video,
      () => fail(waitingForKeyFailure),
      () => outages.areThereAny(),
    ),
  ];

  const start = async () => {
    const obstacle = obstacleTo(environmentOf(source));
    if (obstacle) return fail(obstacle);
    const [library, isDecryptedByBrowser] = await Promise.all([openShaka(outages), hasClearKey(source)]);
    if (isOver) return;
    library.polyfill.installAll();
    retryDuringOutages(library, outages);
    player = new library.Player(null, container);
    player.addEventListener('error', (event) => {
      const error = fatalError(library, event);
      if (error) failWith(error);
    });
    if (!isDecryptedByBrowser) decryptForPlayer(library, player, source.license);
    // The stall detector seeks when playback has not advanced for a second; before the first frame, this can
    // hang WebKitGTK for good. Decrypted segments stay in the page's memory: few behind are enough.
    if (isApple()) player.configure({ streaming: { stallEnabled: false, bufferBehind: 10 } });
    await Promise.all([
      loadAsChosen(library, player, video, source, source.startSeconds),
      untilShown(video).then(() => {
        if (isOver || !player) return;
        overlay = newOverlay(library, player, container, video);
        stops.push(listenForKeys(container, video, player));
      }),
    ]);
    if (isOver) return;
    let stopRemembering = rememberChoices(player, video);
    stops.push(() => stopRemembering());
    // After some seeks WebKitGTK stops for good. No pause and no seek helps, but loading again does.
    const loadAgain = async () => {
      if (isOver || !player) return;
      stopRemembering();
      await loadAsChosen(library, player, video, source, video.currentTime);
      if (!isOver) stopRemembering = rememberChoices(player, video);
    };
    if (isApple()) stops.push(watchForStall(video, () => loadAgain().catch(failWith)));
  };

  start().catch(failWith);
  return {
    retryNow: () => outages.retryNow(),
    stop() {
      isOver = true;
      for (const stop of stops) stop();
      void (overlay ?? player)?.destroy();
    },
  };
}

/**
 * Resolves with the first frame, or after a while without one. The controls are created after it, because
 * creating them takes as long as fetching it.
 */
const untilShown = (video: HTMLVideoElement) =>
  new Promise((resolve) => {
    video.requestVideoFrameCallback?.(resolve); // Firefox has it since 132
    setTimeout(resolve, mostWithoutControlsMs);
  });

/** The error, if it is fatal. The player also reports errors that it recovers from; these are ignored. */
function fatalError(library: Shaka, event: Event): unknown {
  const detail: unknown = 'detail' in event ? event.detail : null;
  const isRecoverable =
    detail instanceof library.util.Error && detail.severity === library.util.Error.Severity.RECOVERABLE;
  return isRecoverable ? null : detail;
}
