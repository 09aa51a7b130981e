import type { Acting } from '@/lib/access/principal';
import { requirePackage, requireVideo } from '@/lib/access/require';
import { videoNotFound } from '@/lib/ledger/not-found';
import type { PackageRecord } from '@/lib/ledger/records';
import type { ContentKey, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import { type Priority, priorityNumber } from '@/lib/media/priority';
import type { Scheme } from '@/lib/media/scheme';
import { randomName } from '@/lib/storage/keys';
import { newWrappedKeys } from './new-keys';
import { checkPriority, checkWaiting } from './package-quota';

export interface PackageOptions {
  /** Null when keys are to be generated. */
  key: ContentKey | null;
  scheme: Scheme;
  keyMode: KeyMode;
  signalling: readonly ProtectionSystem[];
  /** Priority in the queue; `normal` by default. */
  priority?: Priority;
}

/**
 * Requests a package of a video; a worker makes it.
 * @throws AppError `video-not-found`, `too-many-requests`, `not-allowed` for high priority
 */
export async function requestPackage(
  acting: Acting,
  videoId: number,
  options: PackageOptions,
): Promise<PackageRecord> {
  const { key, scheme, keyMode, signalling, priority = 'normal' } = options;
  await requireVideo(acting, videoId, 'package.write');
  checkPriority(acting, priority);
  await checkWaiting(acting);
  const keys = newWrappedKeys(acting, keyMode, key);
  const row = { videoId, mediaId: randomName(), scheme, keyMode, signalling: [...signalling] };
  const id = await acting.ledger.addPackage(row, keys, priorityNumber(priority));
  return id === undefined ? videoNotFound(videoId) : requirePackage(acting, id, 'package.write');
}
