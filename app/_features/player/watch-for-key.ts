/** How long a key may take after the video element has reported that it waits for one. */
const patienceMs = 10_000;

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
    if (isExplained()) timer = setTimeout(onPatienceEnd, patienceMs);
    else onMissing();
  };
  const onWaiting = () => {
    waitingAtSeconds = video.currentTime;
    timer ??= setTimeout(onPatienceEnd, patienceMs);
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
