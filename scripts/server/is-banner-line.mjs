// @ts-check
import { stripVTControlCharacters } from 'node:util';

const banner = [/^▲ Next\.js /, /^- (Local|Network|Environments|Debugger port): /, /^✓ /, /^$/];

/**
 * Whether a line of `next start` is Next's greeting, which names addresses that "Cenclave is ready" already tells.
 * @param {string} line
 */
export function isBannerLine(line) {
  const text = stripVTControlCharacters(line).trim();
  return banner.some((pattern) => pattern.test(text));
}
