import { z } from 'zod';
import { AppError } from '@/lib/errors';
import {
  type ContentKey,
  type KeyMode,
  keyModes,
  type ProtectionSystem,
  protectionSystems,
} from '@/lib/media/content-key';
import { type Priority, priorities } from '@/lib/media/priority';
import { type Scheme, schemes } from '@/lib/media/scheme';

/**
 * The unchecked fields of a request for a package: each is checked by hand, so that the error names the wrong
 * one.
 */
export const packageFields = z
  .object({
    key: z.unknown(),
    kid: z.unknown(),
    scheme: z.unknown(),
    keys: z.unknown(),
    signalling: z.unknown(),
    priority: z.unknown(),
  })
  .partial();
/** The fields of a request for new keys. */
export const rekeyFields = packageFields.extend({ revoke: z.unknown().optional() });

export type PackageFields = z.output<typeof packageFields>;

/**
 * The key in a request: 32 hexadecimal digits each for `key` and `kid`, in any case; null when it has
 * neither.
 * @throws AppError `key-missing`, `kid-missing`, `key-not-hex`, `kid-not-hex`
 */
export function readContentKey({ key, kid }: PackageFields): ContentKey | null {
  if (isAbsent(key) && isAbsent(kid)) return null;
  const keyHex = readHex('key', key);
  return { keyHex, kidHex: readHex('kid', kid) };
}

/**
 * The key in a request that must have one: 32 hexadecimal digits each for `key` and `kid`.
 * @throws AppError `key-missing`, `kid-missing`, `key-not-hex`, `kid-not-hex`
 */
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

/**
 * Whether all tracks share one key (the default) or each type of track has a generated key of its own.
 * @throws AppError `key-mode-unknown`, `keys-conflict`
 */
export function readKeyMode({ keys, key }: PackageFields): KeyMode {
  if (isAbsent(keys)) return 'one';
  const known = keyModes.find((item) => item === keys);
  if (!known)
    throw new AppError('key-mode-unknown', `keys must be one of ${keyModes.join(', ')}.`, { field: 'keys' });
  if (known === 'per-track-type' && !isAbsent(key)) {
    throw new AppError('keys-conflict', 'Keys per track type are generated: omit key and kid.', {
      field: 'key',
    });
  }
  return known;
}

/**
 * The protection systems to signal beside Clear Key; none when the request names none.
 * @throws AppError `signalling-unknown`
 */
export function readSignalling({ signalling }: PackageFields): ProtectionSystem[] {
  if (isAbsent(signalling)) return [];
  const list = Array.isArray(signalling) ? signalling : [signalling];
  if (!list.every((item) => protectionSystems.includes(item))) {
    const message = `signalling must be a list of ${protectionSystems.join(', ')}.`;
    throw new AppError('signalling-unknown', message, { field: 'signalling' });
  }
  return protectionSystems.filter((system) => list.includes(system));
}

/**
 * The priority of the work; `normal` when the request names none.
 * @throws AppError `priority-unknown`
 */
export function readPriority(fields: PackageFields): Priority {
  return isAbsent(fields.priority) ? 'normal' : requirePriority(fields);
}

/**
 * The priority in a request that must name one.
 * @throws AppError `priority-unknown`
 */
export function requirePriority({ priority }: PackageFields): Priority {
  const known = priorities.find((item) => item === priority);
  if (known) return known;
  const message = `priority must be one of ${priorities.join(', ')}.`;
  throw new AppError('priority-unknown', message, { field: 'priority' });
}

/**
 * Whether older keys are revoked at once; false when the request does not say.
 * @throws AppError `revoke-invalid`
 */
export function readRevoke({ revoke }: z.output<typeof rekeyFields>): boolean {
  if (isAbsent(revoke)) return false;
  if (typeof revoke === 'boolean') return revoke;
  throw new AppError('revoke-invalid', 'revoke must be true or false.', { field: 'revoke' });
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
