const fetchShaka = () => import('shaka-player/dist/shaka-player.ui');

// It runs in browsers only. Fetched as soon as this code runs, it is there by the time that React has taken the page over.
let early = typeof window === 'undefined' ? null : fetchShaka();
early?.catch(() => {
  early = null;
});

/** Shaka Player, which may be asked for again after its fetch failed. */
export const openShaka = () => early ?? fetchShaka();
