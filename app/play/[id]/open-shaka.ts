import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Outages } from './outages';
import { shakaAddress } from './shaka-script';

type Shaka = typeof shaka;

// It runs in browsers only. Begun as soon as this code runs, it is there by the time that React has taken the page over.
let script = typeof window === 'undefined' ? null : addScript();

/** Shaka Player, whose script is asked for again until it comes. */
export async function openShaka(outages: Outages): Promise<Shaka> {
  for (let attempt = 1; ; attempt += 1) {
    script ??= addScript();
    await script;
    const { shaka: library } = window as { shaka?: Shaka };
    if (library) {
      outages.answered(shakaAddress);
      return library;
    }
    script = null;
    await outages.untilRetry(shakaAddress, 0, attempt);
  }
}

/** Resolves when it has run or has failed. */
function addScript(): Promise<unknown> {
  const element = document.createElement('script');
  element.src = shakaAddress;
  document.head.append(element);
  return new Promise((resolve) => {
    element.onload = resolve;
    element.onerror = resolve;
  });
}
