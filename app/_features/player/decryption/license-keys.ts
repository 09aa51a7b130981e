import { hexOf } from '@/lib/formats/bytes/fields';
import type { Scheme } from '@/lib/media/scheme';
import { importKey } from './decrypt-segment';

/** The keys of a license by KID (32 hexadecimal digits), imported for both schemes. */
export type LicenseKeys = Map<string, Record<Scheme, CryptoKey>>;

/** The license request of ClearKey (W3C Encrypted Media Extensions, 9.1.3). */
export function licenseRequest(kidsHex: Iterable<string>): string {
  return JSON.stringify({ kids: Array.from(kidsHex, base64urlOf), type: 'temporary' });
}

/**
 * Reads a ClearKey license (W3C Encrypted Media Extensions, 9.1.4). The returned keys are not extractable.
 * @throws SyntaxError, TypeError or DOMException if it is not a license
 */
export async function readLicense(license: BufferSource): Promise<LicenseKeys> {
  const { keys }: { keys: { kid: string; k: string }[] } = JSON.parse(new TextDecoder().decode(license));
  const imported = keys.map(async ({ kid, k }) => {
    const [cenc, cbcs] = await Promise.all([importKey(k, 'cenc'), importKey(k, 'cbcs')]);
    return [kidHexOf(kid), { cenc, cbcs }] as const;
  });
  return new Map(await Promise.all(imported));
}

function base64urlOf(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function kidHexOf(base64url: string): string {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return hexOf(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}

/** The license has no key for a track. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';

  constructor(kidHex: string) {
    super(`The license has no key for the KID ${kidHex}.`);
  }
}
