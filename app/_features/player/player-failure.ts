import { MissingKeyError } from '@/app/_features/player/decryption/license-keys';
import type { Environment } from './browser-support';
import { missingKey, network, noLicense, unknown, type Words, wordsFor } from './failure-words';

/** Why a video does not play, in words for people. */
export interface PlayerFailure extends Words {
  /** Shaka Player's error number, or our own word. */
  code: string;
  /** The page was opened over plain HTTP, where browsers have no Encrypted Media Extensions. */
  isInsecure?: boolean;
}

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
  return { code: String(error.code), ...wordsFor(error.code), ...moreExactly(error, environment) };
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
