import type { IncomingMessage, ServerResponse } from 'node:http';
import shaka from 'shaka-player/package.json' with { type: 'json' };
import sirv from 'sirv';

/** Sends a file, or calls `next` where there is none. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Where files are: the beginning of their addresses, and their folder. */
type Place = readonly [prefix: string, folder: string];

/**
 * The scripts and styles that Next.js built, whose names depend on their content, and Shaka Player as
 * published, under its version. The build has compressed them (scripts/setup/compress-files.mjs).
 */
export const builtPlaces: readonly Place[] = [
  ['/_next/static', '.next/static'],
  [`/shaka-player/${shaka.version}`, '.next/shaka-player'],
];

/** `next dev` has its own scripts elsewhere. */
export const developmentPlaces: readonly Place[] = [
  [`/shaka-player/${shaka.version}`, 'node_modules/shaka-player/dist'],
];

const yearSeconds = 365 * 24 * 60 * 60;

/**
 * Sends files that never change under their name. Next.js itself would send them uncompressed, and later. The
 * files are listed once, at the start: no request reaches another file.
 */
export function staticFiles(places: readonly Place[]): StaticFiles {
  const options = { brotli: true, gzip: true, immutable: true, maxAge: yearSeconds };
  const sent = places.map(([prefix, folder]) => [`${prefix}/`, sirv(folder, options)] as const);
  return (request, response, next) => {
    const { url = '', method = '' } = request;
    const found = sent.find(([prefix]) => url.startsWith(prefix));
    if (!found || !['GET', 'HEAD'].includes(method)) return next();
    const [prefix, send] = found;
    request.url = url.slice(prefix.length - 1);
    send(request, response, () => {
      request.url = url;
      next();
    });
  };
}
