import { insertPackageWithJob, type PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import type { ContentKey, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import { type Priority, priorityNumber } from '@/lib/media/priority';
import type { Scheme } from '@/lib/media/scheme';
import { randomName } from '@/lib/storage/keys';
import { requireVideo } from '@/lib/videos/get-video';
import { requirePackage } from './get-package';
import { newWrappedKeys } from './new-keys';

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
 * @throws AppError `video-not-found`
 */
export function requestPackage(acting: Acting, videoId: number, options: PackageOptions): PackageRecord {
  requireVideo(acting, videoId);
  const { key, scheme, keyMode, signalling, priority = 'normal' } = options;
  const keys = newWrappedKeys(acting, keyMode, key);
  const row = { videoId, mediaId: randomName(), scheme, keyMode, signalling: [...signalling] };
  const { id } = insertPackageWithJob(acting.db, row, keys, priorityNumber(priority));
  acting.events.wakeWorkers();
  return requirePackage(acting, id);
}
