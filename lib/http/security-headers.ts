import type { ServerResponse } from 'node:http';

/** What a page may do. Nothing here asks for any of them; what is not named keeps the browser's default. */
const permissions = [
  ...['camera', 'microphone', 'geolocation', 'payment', 'usb', 'midi', 'display-capture'].map(
    (feature) => `${feature}=()`,
  ),
  ...['autoplay', 'encrypted-media', 'fullscreen', 'picture-in-picture'].map(
    (feature) => `${feature}=(self)`,
  ),
];

/** Response headers of every answer, beside its Content-Security-Policy. Media as well are for pages of this origin only. */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', permissions.join(', ')],
];

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/** The policy of what is not a page. A browser that shows a track or a poster by itself makes a page around it. */
export const filePolicy = [...nothing, "img-src 'self'", "media-src 'self'"].join('; ');

/**
 * The policy of a page (CSP 3). Its scripts are files of this origin, and those inline that carry the nonce: Next.js
 * finds that in this header of the request. Shaka Player plays from `blob:` addresses, and its controls have icons in `data:`.
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

/** Begins an answer with the headers of every answer; a page has a policy of its own. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of securityHeaders) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', filePolicy);
}
