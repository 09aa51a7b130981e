import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { ContentKey } from '@/lib/media/content-key';
import { type Scheme, schemes } from '@/lib/media/scheme';

/** The fields of a request for a package, as they come: each is checked by hand, to name the one that is wrong. */
export const packageFields = z.object({ key: z.unknown(), kid: z.unknown(), scheme: z.unknown() }).partial();
export type PackageFields = z.output<typeof packageFields>;

/**
 * The key that a request brings: 32 hexadecimal digits for each of `key` and `kid`, in any case; null when it brings
 * neither.
 * @throws AppError `key-missing`, `kid-missing`, `key-not-hex`, `kid-not-hex`
 */
export function readContentKey({ key, kid }: PackageFields): ContentKey | null {
  if (isAbsent(key) && isAbsent(kid)) return null;
  const keyHex = readHex('key', key);
  return { keyHex, kidHex: readHex('kid', kid) };
}

/** The same where both are required. Errors: as readContentKey. */
export function requireContentKey({ key, kid }: PackageFields): ContentKey {
  const keyHex = readHex('key', key);
  return { keyHex, kidHex: readHex('kid', kid) };
}

/**
 * The scheme that a request names; `cenc` when it names none.
 * @throws AppError `scheme-unknown`
 */
export function readScheme({ scheme }: PackageFields): Scheme {
  if (isAbsent(scheme)) return 'cenc';
  const known = schemes.find((item) => item === scheme);
  if (!known)
    throw new AppError('scheme-unknown', `scheme must be one of ${schemes.join(', ')}.`, { field: 'scheme' });
  return known;
}

const isAbsent = (value: unknown) => value === undefined || value === null;

function readHex(field: 'key' | 'kid', value: unknown): string {
  if (isAbsent(value)) {
    throw new AppError(
      `${field}-missing`,
      `The field ${field} is missing; it must be 32 hexadecimal digits.`,
      { field },
    );
  }
  if (typeof value === 'string' && /^[0-9a-f]{32}$/i.test(value)) return value.toLowerCase();
  const got = typeof value === 'string' ? `${value.length} characters` : `a ${typeof value}`;
  throw new AppError(
    `${field}-not-hex`,
    `The ${field} must be 32 hexadecimal digits (16 bytes); got ${got}.`,
    { field },
  );
}
