import type shaka from 'shaka-player/dist/shaka-player.ui';
import { failureOf, insecureFailure, type PlayerFailure, waitingForKeyFailure } from './player-failure';
import { watchForKey } from './watch-for-key';

/** What to play, and from where on. */
export interface Source {
  manifest: string;
  license: string;
  startSeconds: number;
}

type Shaka = typeof shaka;

/** Buttons that reach for a device on the network, and with it for another host's script. */
const buttonsLeftOut = ['cast', 'remote'];

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
  let overlay: shaka.ui.Overlay | undefined;
  const fail = (failure: PlayerFailure | null) => {
    if (isOver || failure === null) return;
    isOver = true;
    onFailure(failure);
  };
  const stopWatching = watchForKey(video, () => fail(waitingForKeyFailure));

  const start = async () => {
    if (!window.isSecureContext) return fail(insecureFailure);
    const { default: library } = await import('shaka-player/dist/shaka-player.ui');
    if (isOver) return;
    library.polyfill.installAll();
    const player = new library.Player();
    overlay = newOverlay(library, player, container, video);
    player.addEventListener('error', (event) => fail(fatalFailureOf(library, event)));
    player.configure({ drm: { servers: { 'org.w3.clearkey': source.license } } });
    await player.attach(video);
    await player.load(source.manifest, source.startSeconds);
    await playIfAllowed(video);
  };

  start().catch((error: unknown) => fail(failureOf(error, window.isSecureContext)));
  return () => {
    isOver = true;
    stopWatching();
    void overlay?.destroy();
  };
}

function newOverlay(
  library: Shaka,
  player: shaka.Player,
  container: HTMLElement,
  video: HTMLVideoElement,
): shaka.ui.Overlay {
  const overlay = new library.ui.Overlay(player, container, video);
  const { controlPanelElements, overflowMenuButtons } = overlay.getConfiguration();
  const kept = (name: string) => !buttonsLeftOut.includes(name);
  overlay.configure({
    castSenderUrl: '',
    controlPanelElements: controlPanelElements.filter(kept),
    overflowMenuButtons: overflowMenuButtons.filter(kept),
    seekBarColors: { played: '#62d8b0' },
  });
  return overlay;
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
