import { version } from 'shaka-player/package.json';

/** The address of Shaka Player's script; the page's HTML preloads it. */
export const shakaAddress = `/shaka-player/${version}/shaka-player.ui.js`;
