const lookEveryMs = 500;
/** How long a video may stand still although it has data: longer than a busy machine takes to show it. */
const patienceMs = 4000;

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
    if (stillMs < patienceMs) return;
    stillMs = 0;
    onStall();
  };
  const timer = setInterval(look, lookEveryMs);
  return () => clearInterval(timer);
}
