import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const secretBytes = 32;

/** A new secret for a link: 256 random bits, in 43 characters of base64url. */
export const newSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** What is stored of a secret: SHA-256, in hexadecimal. Nothing slower is needed for 256 random bits. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether two secrets are the same; takes equally long wherever they differ. */
export function isSameSecret(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * A new API token: `cvt_`, a secret, and six digits of its CRC-32, by which scanners for lost secrets know
 * it.
 */
export function newApiToken(): string {
  const secret = newSecret();
  return `cvt_${secret}${checkDigits(secret)}`;
}

const checkDigits = (secret: string) => crc32(secret).toString(36).padStart(6, '0').slice(-6);

/** Whether this can be an API token: others need not be looked up. */
export function isApiToken(text: string): boolean {
  const [, secret = '', digits] = /^cvt_([\w-]{43})([0-9a-z]{6})$/.exec(text) ?? [];
  return digits !== undefined && digits === checkDigits(secret);
}

/** A key for one purpose, derived from the master key (HKDF with SHA-256, RFC 5869). */
export const keyFor = (purpose: 'session' | 'share' | 'audit', masterKey: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, '', `cenclave ${purpose}`, 32));
