import type shaka from 'shaka-player/dist/shaka-player.ui';
import { version } from 'shaka-player/package.json';
import type { Outages } from './outages';

type Shaka = typeof shaka;

/** The address of Shaka Player's script, which is in the HTML of the page that plays. */
export const shakaAddress = `/shaka-player/${version}/shaka-player.ui.js`;

// In browsers only. The script runs beside the page's own, so it is there by the time React has hydrated the
// page.
let script = typeof window === 'undefined' ? null : scriptOfPage();

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

/** Resolves when the page's script has run or has failed, which may be so already. */
function scriptOfPage(): Promise<unknown> {
  if ('shaka' in window) return Promise.resolve();
  const element = document.querySelector<HTMLScriptElement>(`script[src="${shakaAddress}"]`);
  if (!element || document.readyState === 'complete') return addScript();
  return Promise.race([settled(element), new Promise((resolve) => addEventListener('load', resolve))]);
}

/** Resolves when an added script has run or has failed. */
function addScript(): Promise<unknown> {
  const element = document.createElement('script');
  element.src = shakaAddress;
  element.async = true; // React knows its own scripts by this
  document.head.append(element);
  return settled(element);
}

const settled = (element: HTMLScriptElement) =>
  new Promise((resolve) => {
    element.onload = resolve;
    element.onerror = resolve;
  });
