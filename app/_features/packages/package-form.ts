import type { Scheme } from '@/lib/media/scheme';

const digitsWanted = 32;

/** Normalizes a typed KID or key: removes spaces and the dashes of a UUID. */
function cleanHex(typed: string): string {
  return typed.replace(/[\s-]/g, '').toLowerCase();
}

/** The problem with a typed KID or key, as a sentence; null when it is valid. */
export function hexProblem(typed: string, name: 'KID' | 'key'): string | null {
  const hex = cleanHex(typed);
  if (hex === '') return `Enter the ${name}, or generate one.`;
  if (!/^[0-9a-f]*$/.test(hex)) return `The ${name} may hold only the digits 0–9 and the letters a–f.`;
  if (hex.length !== digitsWanted) return `The ${name} must be 32 digits long; this is ${hex.length}.`;
  return null;
}

/** 16 random bytes. `crypto.randomUUID` is not suitable: it is missing on plain HTTP, and fixes some bits. */
export function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digitsWanted / 2));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The source of a key, as entered in a form. */
export interface KeyDraft {
  hasOwnKey: boolean;
  kid: string;
  key: string;
}

export const newKeyDraft: KeyDraft = { hasOwnKey: false, kid: '', key: '' };

/** The key fields of a request: empty if the server is to generate the key. */
export interface KeyRequest {
  kid?: string;
  key?: string;
}

/** The key request of a draft; null while the key is not valid. */
export function keyRequestOf(draft: KeyDraft): KeyRequest | null {
  if (!draft.hasOwnKey) return {};
  if (hexProblem(draft.kid, 'KID') !== null || hexProblem(draft.key, 'key') !== null) return null;
  return { kid: cleanHex(draft.kid), key: cleanHex(draft.key) };
}

/** The options for a package, as entered in the form. */
export interface PackageDraft extends KeyDraft {
  scheme: Scheme;
}

export const newDraft: PackageDraft = { scheme: 'cenc', ...newKeyDraft };

/** The body of `POST …/packages`. */
export interface PackageRequest extends KeyRequest {
  scheme: Scheme;
}

/** The package request of a draft; null while its key is not valid. */
export function requestOf(draft: PackageDraft): PackageRequest | null {
  const key = keyRequestOf(draft);
  return key && { scheme: draft.scheme, ...key };
}
