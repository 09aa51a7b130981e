import { MissingKeyError } from '@/app/play/[id]/decryption/missing-key-error';
import type { Environment } from './browser-support';

/** Why a video does not play, in words for people. */
export interface PlayerFailure {
  /** Shaka Player's error number, or our own word. */
  code: string;
  title: string;
  advice: string;
  /** The page was opened over plain HTTP, where browsers have no Encrypted Media Extensions. */
  isInsecure?: boolean;
}

type Words = Pick<PlayerFailure, 'title' | 'advice'>;

const operator = 'Ask the operator of this server to check it.';

const wrongKey: Words = {
  title: 'The key does not match this video',
  advice: `The server issued a key that does not decrypt it. ${operator}`,
};
const noLicense: Words = {
  title: 'The server issued no key for this video',
  advice: 'The license request was refused. Reload the page: the key may have been replaced.',
};
const missingKey: Words = {
  title: 'A key for this video is missing',
  advice: `The server did not issue every key that its tracks need. ${operator}`,
};
const noSupport: Words = {
  title: 'This browser can’t play encrypted video',
  advice: 'It could not set up ClearKey for this video. Update it, or try a current Chrome, Edge or Firefox.',
};
const network: Words = {
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
const unknown: Words = { title: 'The player stopped', advice: 'Try again, or reload the page.' };

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

/** Errors that say only that playback was stopped on purpose: load interrupted, aborted, player destroyed. */
const quietCodes = [7000, 7001, 7003];

interface ShakaError {
  code: number;
  data: unknown[];
}

function isShakaError(error: unknown): error is ShakaError {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number';
}

const insecureFailure: PlayerFailure = {
  code: '6020',
  title: 'This address is not secure enough for encrypted video',
  advice: 'Open the page over HTTPS or from localhost.',
  isInsecure: true,
};

export const waitingForKeyFailure: PlayerFailure = { code: 'waiting-for-key', ...missingKey };

/**
 * The reason why this browser cannot play at this address, known before playback is tried; null if there is
 * none.
 */
export function obstacleTo({ isSecureContext, hasMediaSource }: Environment): PlayerFailure | null {
  // Neither Encrypted Media Extensions nor WebCrypto is available.
  if (!isSecureContext) return insecureFailure;
  if (hasMediaSource) return null;
  return {
    code: 'no-media-source',
    title: 'This browser can’t play streamed video',
    advice:
      'It has no Media Source Extensions. Update it (iPhones have them since iOS 17.1), or try another browser.',
  };
}

/** Describes an error of the player in words; null when there is nothing to report. */
export function failureOf(error: unknown, environment: Environment): PlayerFailure | null {
  if (!isShakaError(error)) return { code: 'player', ...unknown };
  if (quietCodes.includes(error.code)) return null;
  const words = byCode[error.code] ?? byCategory[Math.floor(error.code / 1000)] ?? unknown;
  return { code: String(error.code), ...words, ...moreExactly(error, environment) };
}

/** More specific words than the player's code gives. */
function moreExactly({ code, data }: ShakaError, { unsupportedCodecs }: Environment): Partial<Words> {
  const [cause] = data ?? [];
  if (code === responseFilterError && cause instanceof MissingKeyError) return missingKey;
  // The license request of the player's own decryption, made while a segment waited for it.
  if (code === responseFilterError && isShakaError(cause)) return noLicense;
  if (decoderCodes.includes(code) && unsupportedCodecs.length > 0) return undecodable(unsupportedCodecs);
  return goneWords({ code, data });
}

const responseFilterError = 1007;

/** Errors that may come from a codec the browser does not have. */
const decoderCodes = [3014, 3015, 3016, 4032];

const undecodable = (codecs: string[]): Words => ({
  title: 'This browser can’t decode this video',
  advice: `It does not support ${codecs.map((codec) => `“${codec}”`).join(' and ')}. Try another browser, or another device.`,
});

/** The words for a missing file: the package was deleted, or a newer version has replaced it. */
function goneWords({ code, data }: ShakaError): Partial<Words> {
  if (code !== 1001 || (data?.[1] !== 404 && data?.[1] !== 410)) return {};
  return {
    title: 'Part of this video is no longer on the server',
    advice: 'A newer version may have replaced it. Try again to play that version.',
  };
}

/**
 * The failure to show when the server could not be reached for a minute.
 * @param status the HTTP status of its response, 0 if there was none
 */
export function lostConnection(status: number): PlayerFailure {
  if (status === 0) {
    return {
      code: 'connection-lost',
      title: network.title,
      advice: 'Playback continues when it is back. Check that you are online and that the server is running.',
    };
  }
  return {
    code: `http-${status}`,
    title: 'The server reports an error',
    advice: `It responds with HTTP ${status}. Playback continues when the server works again.`,
  };
}
