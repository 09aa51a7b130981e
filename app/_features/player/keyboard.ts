import type shaka from 'shaka-player/dist/shaka-player.ui';

const volumeStep = 0.1;
const controls = 'a[href], button, input, select, textarea, summary, [contenteditable]';

/**
 * Adds shortcuts that the player lacks: captions on and off before any were chosen, and the volume with arrow
 * keys. Keys meant for the page (with Alt, or to press one of its buttons) are kept from the player, which
 * listens on the window.
 * @returns a function that stops listening
 */
export function listenForKeys(
  container: HTMLElement,
  video: HTMLVideoElement,
  player: shaka.Player,
): () => void {
  let lastText: shaka.extern.TextTrack | undefined;
  const onKey = (event: KeyboardEvent) => {
    if (isForPage(event, container)) return event.stopPropagation();
    if (event.ctrlKey || event.metaKey) return;
    if (event.key.toLowerCase() === 'c') lastText = toggleText(player, lastText);
    const isHere = document.fullscreenElement !== null || isWithin(container, event.target);
    if (!isHere || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      changeVolume(video, event.key === 'ArrowUp' ? volumeStep : -volumeStep);
    }
  };
  // On an element below the window, so that it runs before the player's listener.
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function isForPage({ key, altKey, target }: KeyboardEvent, container: HTMLElement): boolean {
  if (altKey) return true;
  const isPress = key === ' ' || key === 'Enter';
  return (
    isPress && !isWithin(container, target) && target instanceof Element && target.closest(controls) !== null
  );
}

const isWithin = (container: HTMLElement, target: EventTarget | null) =>
  target instanceof Node && container.contains(target);

/** Hides the visible captions, or shows the last visible ones, else the first ones. */
function toggleText(
  player: shaka.Player,
  last: shaka.extern.TextTrack | undefined,
): shaka.extern.TextTrack | undefined {
  const tracks = player.getTextTracks();
  const shown = tracks.find(({ active }) => active);
  const next = shown ? null : (tracks.find(({ id }) => id === last?.id) ?? tracks[0] ?? null);
  if (shown || next) player.selectTextTrack(next);
  return shown ?? last;
}

function changeVolume(video: HTMLVideoElement, change: number): void {
  video.volume = Math.min(1, Math.max(0, Math.round((video.volume + change) * 100) / 100));
  if (change > 0) video.muted = false;
}
