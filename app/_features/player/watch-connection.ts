import type { ConnectionState, Outages } from './outages';

const intervalMs = 500;

/**
 * Reports the connection state as far as the viewer notices it: the buffered part plays first. Once the
 * browser is online again, all waiting requests are tried.
 * @returns a function that stops watching
 */
export function watchConnection(
  video: HTMLVideoElement,
  outages: Outages,
  onChange: (state: ConnectionState) => void,
): () => void {
  let last: ConnectionState['kind'] = 'fine';
  const look = () => {
    const isStalled = video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    const state = outages.state(isStalled && !video.ended);
    if (state.kind === last) return;
    last = state.kind;
    onChange(state);
  };
  const onOnline = () => outages.retryNow();
  const timer = setInterval(look, intervalMs);
  addEventListener('online', onOnline);
  return () => {
    clearInterval(timer);
    removeEventListener('online', onOnline);
  };
}
