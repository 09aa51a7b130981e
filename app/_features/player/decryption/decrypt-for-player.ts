import type shaka from 'shaka-player/dist/shaka-player.ui';
import { clearInit } from '@/lib/formats/cenc/clear-init';
import { readTrackEncryption, type TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { findBox } from '@/lib/formats/mp4/boxes';
import { decryptSegment } from './decrypt-segment';
import { type LicenseKeys, licenseRequest, MissingKeyError, readLicense } from './license-keys';

type Shaka = typeof shaka;
type Protection = TrackEncryption | null;

/**
 * Decrypts with WebCrypto for browsers without ClearKey: the player gets a manifest without
 * ContentProtection, init segments in the clear, and decrypted media segments. The license is requested as
 * soon as the manifest has named the KIDs; each segment waits for it. Must be called before the player loads.
 */
export function decryptForPlayer(library: Shaka, player: shaka.Player, licenseAddress: string): void {
  const networking = player.getNetworkingEngine();
  if (!networking) throw new TypeError('The player has no networking engine.');
  const { LICENSE, SEGMENT } = library.net.NetworkingEngine.RequestType;
  const tracks = new TrackProtections();
  let keys: Promise<LicenseKeys> = Promise.resolve(new Map());

  const requestKeys = async (kidsHex: string[]) => {
    const { retryParameters } = player.getConfiguration().drm;
    const request = library.net.NetworkingEngine.makeRequest([licenseAddress], retryParameters);
    request.method = 'POST';
    request.headers['Content-Type'] = 'application/json';
    request.body = new TextEncoder().encode(licenseRequest(kidsHex));
    const { data } = await networking.request(LICENSE, request).promise;
    return readLicense(bytesOf(data));
  };
  player.configure('manifest.dash.manifestPreprocessorTXml', (mpd: shaka.extern.xml.Node) => {
    keys = requestKeys(removeProtection(mpd));
    // Segments await it as well, and report it.
    keys.catch(() => undefined);
  });
  networking.registerResponseFilter(async (type, response) => {
    if (type !== SEGMENT) return;
    const bytes = bytesOf(response.data);
    if (findBox(bytes, ['moov'])) {
      tracks.add(response.originalUri, readTrackEncryption(bytes));
      response.data = clearInit(bytes).buffer;
    } else if (findBox(bytes, ['moof'])) {
      const protection = await tracks.of(response.originalUri);
      if (protection) await decryptSegment(bytes, protection, keyFor(protection, await keys));
      response.data = bytes.buffer;
    }
  });
}

function keyFor({ kidHex, scheme }: TrackEncryption, keys: LicenseKeys): CryptoKey {
  const key = keys.get(kidHex);
  if (!key) throw new MissingKeyError(kidHex);
  return key[scheme];
}

/** The player hands over whole buffers. */
const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> =>
  data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

/**
 * The protection of tracks, by the address of their file. A player requests an init segment and the first
 * media segment at the same time.
 */
class TrackProtections {
  readonly #tracks = new Map<
    string,
    { known: Promise<Protection>; settle: (protection: Protection) => void }
  >();

  add(address: string, protection: Protection): void {
    this.#track(address).settle(protection);
  }

  of(address: string): Promise<Protection> {
    return this.#track(address).known;
  }

  #track(address: string) {
    const track = this.#tracks.get(address) ?? deferred();
    this.#tracks.set(address, track);
    return track;
  }
}

/** Like Promise.withResolvers, which iOS has only since 17.4. */
function deferred() {
  let settle: (protection: Protection) => void = () => undefined;
  const known = new Promise<Protection>((resolve) => {
    settle = resolve;
  });
  return { known, settle };
}

/** An element of a manifest, as parsed by Shaka Player. */
interface XmlNode {
  tagName: string;
  attributes: Record<string, string>;
  children: (XmlNode | string)[];
}

/**
 * Removes each ContentProtection from an MPD, so that a player treats its content as clear.
 * @returns the KIDs they named, 32 hexadecimal digits each
 */
export function removeProtection(mpd: XmlNode): string[] {
  const kids = new Set<string>();
  take(mpd, kids);
  return [...kids];
}

function take(node: XmlNode, kids: Set<string>): void {
  node.children = node.children.filter((child) => {
    if (typeof child === 'string') return true;
    if (child.tagName !== 'ContentProtection') {
      take(child, kids);
      return true;
    }
    const kid = child.attributes['cenc:default_KID'];
    if (kid) kids.add(kid.replaceAll('-', '').toLowerCase());
    return false;
  });
}
