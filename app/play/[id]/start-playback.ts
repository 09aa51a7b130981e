import type shaka from 'shaka-player/dist/shaka-player.ui';
import { loadChoices } from './kept-choices';
import { listenForKeys } from './keyboard';
import { openShaka } from './open-shaka';
import { preferredAudio } from './pick-tracks';
import { newOverlay } from './player-controls';
import { failureOf, insecureFailure, type PlayerFailure, waitingForKeyFailure } from './player-failure';
import { applyChoices, applySound, rememberChoices } from './remember-choices';
import { watchForKey } from './watch-for-key';

/** What to play, and from where on. */
export interface Source {
  manifest: string;
  license: string;
  startSeconds: number;
}

type Shaka = typeof shaka;

/** So long may a picture keep the controls waiting. */
const mostWithoutControlsMs = 500;

/**
 * Starts Shaka Player with its controls on a video element.
 * @param onFailure called at most once, when playback can't go on
 * @returns a function that stops playback and frees the player
 */
export function startPlayback(
  container: HTMLElement,
  video: HTMLVideoElement,
  source: Source,
  onFailure: (failure: PlayerFailure) => void,
): () => void {
  let isOver = false;
  let player: shaka.Player | undefined;
  let overlay: shaka.ui.Overlay | undefined;
  const fail = (failure: PlayerFailure | null) => {
    if (isOver || failure === null) return;
    isOver = true;
    onFailure(failure);
  };
  const stops = [watchForKey(video, () => fail(waitingForKeyFailure))];

  const start = async () => {
    if (!window.isSecureContext) return fail(insecureFailure);
    const library = await openShaka();
    if (isOver) return;
    library.polyfill.installAll();
    player = new library.Player(null, container);
    player.addEventListener('error', (event) => fail(fatalFailureOf(library, event)));
    await Promise.all([
      loadAsChosen(player, video, source),
      untilShown(video).then(() => {
        if (isOver || !player) return;
        overlay = newOverlay(library, player, container, video);
        stops.push(listenForKeys(container, video, player));
      }),
    ]);
    if (!isOver) stops.push(rememberChoices(player, video));
  };

  start().catch((error: unknown) => fail(failureOf(error, window.isSecureContext)));
  return () => {
    isOver = true;
    for (const stop of stops) stop();
    void (overlay ?? player)?.destroy();
  };
}

/** Until the first picture is there, which comes before the controls: to make those takes as long as to fetch it. */
const untilShown = (video: HTMLVideoElement) =>
  new Promise((resolve) => {
    video.requestVideoFrameCallback?.(resolve); // Firefox has it since 132
    setTimeout(resolve, mostWithoutControlsMs);
  });

/** Loads the manifest, sets the player to what the viewer chose with an earlier video, and plays. */
async function loadAsChosen(player: shaka.Player, video: HTMLVideoElement, source: Source): Promise<void> {
  const choices = loadChoices();
  player.configure({
    drm: { servers: { 'org.w3.clearkey': source.license } },
    preferredAudio: preferredAudio(choices.audio),
  });
  applySound(video, choices);
  await player.attach(video);
  await player.load(source.manifest, source.startSeconds);
  applyChoices(player, choices);
  await playIfAllowed(video);
}

/** The player reports what it gets over by itself as well; that is not worth a word. */
function fatalFailureOf(library: Shaka, event: Event): PlayerFailure | null {
  const detail: unknown = 'detail' in event ? event.detail : null;
  const isRecoverable =
    detail instanceof library.util.Error && detail.severity === library.util.Error.Severity.RECOVERABLE;
  return isRecoverable ? null : failureOf(detail, window.isSecureContext);
}

/** Browsers may refuse to start with sound before a click, but start without; if neither, the person presses play. */
async function playIfAllowed(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
    video.muted = true;
    await video.play().catch(() => {
      video.muted = false;
    });
  }
}
