import type { Source } from './load-source';

const mimeTypeOf = ({ kind, codec }: Source['tracks'][number]) => `${kind}/mp4; codecs="${codec}"`;

/** Safari, every browser on iPhones, and WebKitGTK. */
export const isApple = (): boolean => navigator.vendor.startsWith('Apple');

/**
 * Whether the browser decrypts these tracks itself, by Encrypted Media Extensions with ClearKey. False for
 * Apple's browsers: Shaka Player's own decryption there does not wait for a late license, and breaks frames
 * of several slices.
 */
export async function hasClearKey({ scheme, tracks }: Source): Promise<boolean> {
  if (isApple() || !navigator.requestMediaKeySystemAccess) return false;
  const capabilities = (kind: 'video' | 'audio') =>
    tracks
      .filter((track) => track.kind === kind)
      .map((track) => ({ contentType: mimeTypeOf(track), encryptionScheme: scheme }));
  const [videoCapabilities, audioCapabilities] = [capabilities('video'), capabilities('audio')];
  const wanted = {
    initDataTypes: ['cenc', 'keyids'],
    ...(videoCapabilities.length > 0 && { videoCapabilities }),
    ...(audioCapabilities.length > 0 && { audioCapabilities }),
  };
  return navigator.requestMediaKeySystemAccess('org.w3.clearkey', [wanted]).then(
    () => true,
    () => false,
  );
}

/**
 * Media Source Extensions: the managed ones if there are both, as on iPhones (iOS 17.1); null if there is
 * neither.
 */
function mediaSource(): typeof MediaSource | null {
  const { ManagedMediaSource, MediaSource: plain } = window as {
    ManagedMediaSource?: typeof MediaSource;
    MediaSource?: typeof MediaSource;
  };
  return ManagedMediaSource ?? plain ?? null;
}

function unsupportedCodecs({ tracks }: Source): string[] {
  const source = mediaSource();
  const codecs = tracks
    .filter((track) => track.kind !== 'text' && !source?.isTypeSupported(mimeTypeOf(track)))
    .map(({ codec }) => codec);
  return [...new Set(codecs)];
}

/** The properties of the browser that decide whether playback is possible, and explain why it fails. */
export interface Environment {
  isSecureContext: boolean;
  hasMediaSource: boolean;
  /** The codec strings (RFC 6381) of those tracks that the browser says it can't decode. */
  unsupportedCodecs: string[];
}

export function environmentOf(source: Source): Environment {
  return {
    isSecureContext: window.isSecureContext,
    hasMediaSource: mediaSource() !== null,
    unsupportedCodecs: unsupportedCodecs(source),
  };
}
