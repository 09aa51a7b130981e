import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';
import type { ContentKey } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import { requestChange, requireEditable } from './get-package';
import { newWrappedKeys } from './new-keys';

/**
 * Requests new keys for a package: a worker encrypts its tracks again, without encoding, as a new version.
 * Viewers of an older version keep its keys for their grace period, unless these are revoked.
 * @throws AppError `package-not-found`, `package-not-ready`, `package-busy`, `keys-conflict`
 */
export async function rekeyPackage(
  acting: Acting,
  id: number,
  key: ContentKey | null,
  isRevoking = false,
): Promise<PackageRecord> {
  const { package: row, keys } = await requireEditable(acting, id);
  if (key && row.keyMode === 'per-track-type') {
    const message = 'The keys of this package are generated per track type: omit key and kid.';
    throw new AppError('keys-conflict', message, { field: 'key' });
  }
  if (key && keys.some(({ kidHex }) => kidHex === key.kidHex)) {
    const message = 'This package already uses this KID; a new key needs a new KID.';
    throw new AppError('keys-conflict', message, { field: 'kid' });
  }
  const task: JobTask = isRevoking ? { kind: 'rekey', revoke: true } : { kind: 'rekey' };
  return requestChange(acting, id, task, newWrappedKeys(acting, row.keyMode, key));
}
