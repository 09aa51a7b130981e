// @ts-check
import { stripVTControlCharacters } from 'node:util';

const banner = [/^▲ Next\.js /, /^- (Local|Network|Environments|Debugger port): /, /^✓ /, /^$/];

/**
 * Whether a line of `next start` belongs to Next's banner, which repeats the addresses of "Cenclave is
 * ready".
 * @param {string} line
 */
export function isBannerLine(line) {
  const text = stripVTControlCharacters(line).trim();
  return banner.some((pattern) => pattern.test(text));
}
