/** What happened, and what to do. */
export interface Words {
  title: string;
  advice: string;
}

const operator = 'Ask the operator of this server to check it.';

const wrongKey: Words = {
  title: 'The key does not match this video',
  advice: `The server issued a key that does not decrypt it. ${operator}`,
};
export const noLicense: Words = {
  title: 'The server issued no key for this video',
  advice: 'The license request was refused. Reload the page: the key may have been replaced.',
};
export const missingKey: Words = {
  title: 'A key for this video is missing',
  advice: `The server did not issue every key that its tracks need. ${operator}`,
};
const noSupport: Words = {
  title: 'This browser can’t play encrypted video',
  advice: 'It could not set up ClearKey for this video. Update it, or try a current Chrome, Edge or Firefox.',
};
export const network: Words = {
  title: 'The connection to the server was lost',
  advice: 'Check that the server is running and that you are connected, then try again.',
};
const media: Words = {
  title: 'The browser can’t decode this video',
  advice: 'Its decoder reported an error. Try again, or try another browser.',
};
const manifest: Words = {
  title: 'This package can’t be read',
  advice: `Its manifest does not have what the player needs. ${operator}`,
};
const unreadable: Words = {
  title: 'Part of this video can’t be read',
  advice: `A segment does not match its description. ${operator}`,
};
export const unknown: Words = { title: 'The player stopped', advice: 'Try again, or reload the page.' };

/**
 * Codes of shaka.util.Error with their own words; other codes are described by their category, the thousands.
 */
const byCode: Record<number, Words> = {
  1006: unreadable,
  1007: unreadable,
  3016: wrongKey,
  4012: missingKey,
  4032: media,
  6000: noSupport,
  6001: noSupport,
  6002: noSupport,
  6007: noLicense,
  6008: wrongKey,
  6020: noSupport,
};
const byCategory: Record<number, Words> = { 1: network, 3: media, 4: manifest, 6: wrongKey };

/** The words for a code of shaka.util.Error. */
export const wordsFor = (code: number): Words =>
  byCode[code] ?? byCategory[Math.floor(code / 1000)] ?? unknown;
