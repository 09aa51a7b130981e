import type { ServerResponse } from 'node:http';

/**
 * What a page may use. Pages here use none of the first group; features that are not named keep the browser's
 * default.
 */
const permissions = [
  ...['camera', 'microphone', 'geolocation', 'payment', 'usb', 'midi', 'display-capture'].map(
    (feature) => `${feature}=()`,
  ),
  ...['autoplay', 'encrypted-media', 'fullscreen', 'picture-in-picture'].map(
    (feature) => `${feature}=(self)`,
  ),
];

/**
 * Response headers of every answer, beside its Content-Security-Policy. Media, too, are only for pages of
 * this origin.
 */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', permissions.join(', ')],
];

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/**
 * The policy of everything but pages. A browser that shows a track or a poster directly wraps it in a page.
 */
export const filePolicy = [...nothing, "img-src 'self'", "media-src 'self'"].join('; ');

/**
 * The policy of a page (CSP 3). Its scripts are files of this origin, and inline ones with the nonce, which
 * Next.js finds in this header of the request. Shaka Player plays from `blob:` addresses, and its controls
 * have icons in `data:`.
 */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  return [
    ...nothing,
    // `next dev` compiles in the page, and puts its styles inline.
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ''}`,
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
  ].join('; ');
}

/** Sets the headers that every answer has; a page has a policy of its own. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of securityHeaders) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', filePolicy);
}
