/** How long a key may take after the video element has reported that it waits for one. */
const keyPatienceMs = 10_000;

/**
 * Reports when a video has waited for a key in vain. If the key of one track is missing, a browser stops
 * without reporting an error.
 * @param isExplained whether it waits because the server can't be reached, which is not counted
 * @returns a function that stops watching
 */
export function watchForKey(
  video: HTMLVideoElement,
  onMissing: () => void,
  isExplained: () => boolean = () => false,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingAtSeconds = 0;

  const calm = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const onPatienceEnd = () => {
    timer = undefined;
    if (isExplained()) timer = setTimeout(onPatienceEnd, keyPatienceMs);
    else onMissing();
  };
  const onWaiting = () => {
    waitingAtSeconds = video.currentTime;
    timer ??= setTimeout(onPatienceEnd, keyPatienceMs);
  };
  const onAdvance = () => {
    if (video.currentTime > waitingAtSeconds) calm();
  };

  video.addEventListener('waitingforkey', onWaiting);
  video.addEventListener('timeupdate', onAdvance);
  return () => {
    calm();
    video.removeEventListener('waitingforkey', onWaiting);
    video.removeEventListener('timeupdate', onAdvance);
  };
}

const lookEveryMs = 500;
/** How long a video may stand still although it has data: longer than a busy machine takes to show it. */
const stallPatienceMs = 4000;

/**
 * Reports that a video stands still although it should play and has the data for it.
 * @returns a function that stops watching
 */
export function watchForStall(video: HTMLVideoElement, onStall: () => void): () => void {
  let standsAtSeconds = -1;
  let stillMs = 0;
  const look = () => {
    const shouldPlay =
      !video.paused && !video.ended && !video.seeking && video.readyState >= video.HAVE_FUTURE_DATA;
    const stands = shouldPlay && video.currentTime === standsAtSeconds;
    standsAtSeconds = video.currentTime;
    stillMs = stands ? stillMs + lookEveryMs : 0;
    if (stillMs < stallPatienceMs) return;
    stillMs = 0;
    onStall();
  };
  const timer = setInterval(look, lookEveryMs);
  return () => clearInterval(timer);
}
