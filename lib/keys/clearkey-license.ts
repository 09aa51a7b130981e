import { z } from 'zod';
import { AppError } from '@/lib/base/errors';
import type { ContentKey } from '@/lib/media/content-key';

/** W3C Encrypted Media Extensions, 9.1.3: the license request of the Clear Key system. */
export const licenseRequestSchema = z.object({
  kids: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'must be 16 bytes in base64url without padding'))
    .min(1)
    .max(64),
  type: z.enum(['temporary', 'persistent-license']).optional(),
});
export type LicenseRequest = z.output<typeof licenseRequestSchema>;

/** W3C Encrypted Media Extensions, 9.1.4: a JSON Web Key Set (RFC 7517) of symmetric keys. */
export const licenseSchema = z.object({
  keys: z.array(z.object({ kty: z.literal('oct'), kid: z.string(), k: z.string() })),
  type: z.literal('temporary'),
});
export type License = z.output<typeof licenseSchema>;

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/**
 * Answers a license request with the requested keys.
 * @param retiredKids KIDs of keys that were replaced, in hexadecimal
 * @throws AppError `license-kids-unknown` when it asks for no key of the package; `license-keys-retired` when
 * it asks only for replaced ones
 */
export function clearKeyLicense(
  request: LicenseRequest,
  keys: ContentKey[],
  retiredKids: string[] = [],
): License {
  const asked = keys.filter((key) => request.kids.includes(base64url(key.kidHex)));
  if (asked.length === 0 && retiredKids.some((kidHex) => request.kids.includes(base64url(kidHex)))) {
    const message = 'The keys of this package were replaced. Reload the page to play it with the new ones.';
    throw new AppError('license-keys-retired', message, { field: 'kids' });
  }
  if (asked.length === 0) {
    throw new AppError('license-kids-unknown', 'This package has no key for the requested KIDs.', {
      field: 'kids',
    });
  }
  return {
    keys: asked.map((key) => ({ kty: 'oct', kid: base64url(key.kidHex), k: base64url(key.keyHex) })),
    type: 'temporary',
  };
}
