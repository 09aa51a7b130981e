/** So long may a key take, once the video element has said that it waits for one. */
const patienceMs = 10_000;

/**
 * Tells when a video has waited for a key in vain. With the key of one track missing, a browser does just that: it stops,
 * and reports no error.
 * @param isExplained whether it waits because the server can't be reached: that is not counted
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
