import type shaka from 'shaka-player/dist/shaka-player.ui';
import { shakaAddress } from './shaka-script';

type Shaka = typeof shaka;

// It runs in browsers only. Begun as soon as this code runs, it is there by the time that React has taken the page over.
let script = typeof window === 'undefined' ? null : addScript();

/** As Shaka Player itself tells of a request that did not arrive (HTTP_ERROR). */
const notLoaded = { code: 1002, data: [shakaAddress] };

/**
 * Shaka Player, which may be asked for again after its script did not load.
 * @throws an error like Shaka Player's own when it did not
 */
export async function openShaka(): Promise<Shaka> {
  script ??= addScript();
  await script;
  const { shaka: library } = window as { shaka?: Shaka };
  if (library) return library;
  script = null;
  throw notLoaded;
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
