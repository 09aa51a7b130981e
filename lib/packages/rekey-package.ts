import { insertJob } from '@/db/queries/jobs';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import type { ContentKey } from '@/lib/media/content-key';
import { requirePackage } from './get-package';
import { newWrappedKeys } from './new-keys';
import { requireEditable } from './require-editable';

/**
 * Requests new keys for a package: a worker encrypts its tracks again, without encoding, as a new version.
 * Viewers of an older version keep its keys for their grace period, unless these are revoked.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`, `keys-conflict`
 */
export function rekeyPackage(
  acting: Acting,
  id: number,
  key: ContentKey | null,
  isRevoking = false,
): PackageRecord {
  const { package: row, keys } = requireEditable(acting, id);
  if (key && row.keyMode === 'per-track-type') {
    const message = 'The keys of this package are generated per track type: omit key and kid.';
    throw new AppError('keys-conflict', message, { field: 'key' });
  }
  if (key && keys.some(({ kidHex }) => kidHex === key.kidHex)) {
    const message = 'This package already uses this KID; a new key needs a new KID.';
    throw new AppError('keys-conflict', message, { field: 'kid' });
  }
  insertJob(
    acting.db,
    id,
    isRevoking ? { kind: 'rekey', revoke: true } : { kind: 'rekey' },
    newWrappedKeys(acting, row.keyMode, key),
  );
  acting.events.wakeWorkers();
  return requirePackage(acting, id);
}
