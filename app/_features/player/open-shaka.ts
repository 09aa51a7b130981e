import type shaka from 'shaka-player/dist/shaka-player.ui';
import { version } from 'shaka-player/package.json';
import type { Outages } from './outages';

type Shaka = typeof shaka;

/** The address of Shaka Player's script; the page's HTML preloads it. */
export const shakaAddress = `/shaka-player/${version}/shaka-player.ui.js`;

// In browsers only. Loading starts as soon as this code runs, so it is done by the time React has hydrated
// the page.
let script = typeof window === 'undefined' ? null : addScript();

/** Loads Shaka Player; its script is requested again until it arrives. */
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

/** Resolves when the script has run or has failed. */
function addScript(): Promise<unknown> {
  const element = document.createElement('script');
  element.src = shakaAddress;
  document.head.append(element);
  return new Promise((resolve) => {
    element.onload = resolve;
    element.onerror = resolve;
  });
}
