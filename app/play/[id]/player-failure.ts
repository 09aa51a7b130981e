/** Why a video does not play, told for a person. */
export interface PlayerFailure {
  /** Shaka Player's error number, or a word of ours. */
  code: string;
  title: string;
  advice: string;
  /** The page was opened over plain HTTP, where browsers have no Encrypted Media Extensions. */
  isInsecure?: boolean;
}

type Words = Pick<PlayerFailure, 'title' | 'advice'>;

const wrongKey: Words = {
  title: 'The key does not fit this video',
  advice:
    'The key that this server gave does not fit what was encrypted. Delete this package and make a new one.',
};
const noLicense: Words = {
  title: 'The server gave no key for this video',
  advice: 'The license request failed. The package may have been deleted; reload the page to see.',
};
const missingKey: Words = {
  title: 'A key for this video is missing',
  advice: 'The server did not give every key that its tracks need. Delete this package and make a new one.',
};
const noSupport: Words = {
  title: 'This browser can’t play encrypted video',
  advice: 'It does not support ClearKey. A current Chrome, Edge or Firefox does.',
};
const network: Words = {
  title: 'The connection to the server was lost',
  advice: 'Check that the server is running and that you are connected, then try again.',
};
const media: Words = {
  title: 'The browser can’t decode this video',
  advice: 'The format of its tracks may not be supported here. Try another browser, or download it.',
};
const manifest: Words = {
  title: 'This package can’t be read',
  advice: 'Its manifest does not say what the player needs. Delete the package and make a new one.',
};
const unknown: Words = { title: 'The player stopped', advice: 'Try again, or reload the page.' };

/** Codes of shaka.util.Error that deserve words of their own; others go by their category, the thousands. */
const byCode: Record<number, Words> = {
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

/** Errors that say only that playback was stopped on purpose: load interrupted, aborted, player destroyed. */
const quietCodes = [7000, 7001, 7003];

/** Whether EME is missing because of how the page was opened, which no retry mends. */
const emeCodes = [6001, 6020];

interface ShakaError {
  code: number;
  data: unknown[];
}

function isShakaError(error: unknown): error is ShakaError {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number';
}

export const insecureFailure: PlayerFailure = {
  code: '6020',
  title: 'This address is not secure enough for encrypted video',
  advice: 'Open the page over HTTPS or from localhost.',
  isInsecure: true,
};

export const waitingForKeyFailure: PlayerFailure = { code: 'waiting-for-key', ...missingKey };

/** Turns what the player threw into words; null when there is nothing to tell. */
export function failureOf(error: unknown, isSecureContext: boolean): PlayerFailure | null {
  if (!isShakaError(error)) return { code: 'player', ...unknown };
  if (quietCodes.includes(error.code)) return null;
  if (!isSecureContext && emeCodes.includes(error.code)) return insecureFailure;
  const words = byCode[error.code] ?? byCategory[Math.floor(error.code / 1000)] ?? unknown;
  return { code: String(error.code), ...words, ...goneWords(error) };
}

/** A file that is not there any more: the package was deleted, or a newer version has replaced it. */
function goneWords({ code, data }: ShakaError): Partial<Words> {
  if (code !== 1001 || (data?.[1] !== 404 && data?.[1] !== 410)) return {};
  return {
    title: 'Part of this video is not on the server any more',
    advice: 'It may have been replaced by a newer version. Try again to play that.',
  };
}
