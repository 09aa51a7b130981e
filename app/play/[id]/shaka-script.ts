import { version } from 'shaka-player/package.json';

/** Where the script of Shaka Player is; the page's HTML asks for it ahead. */
export const shakaAddress = `/shaka-player/${version}`;
