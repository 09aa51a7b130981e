import { insertPackageWithJob, type PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { wakeWorkers } from '@/lib/jobs/wake';
import { generateKey } from '@/lib/keys/generate-key';
import { wrapKey } from '@/lib/keys/wrap-key';
import type { ContentKey } from '@/lib/media/content-key';
import type { Scheme } from '@/lib/media/scheme';
import { randomName } from '@/lib/storage/keys';
import { requireVideo } from '@/lib/videos/get-video';
import { requirePackage } from './get-package';

/**
 * Asks for a package of a video; a worker makes it. Without a key, one is generated.
 * @throws AppError `video-not-found`
 */
export function requestPackage(
  context: Context,
  videoId: number,
  options: { key: ContentKey | null; scheme: Scheme },
): PackageRecord {
  requireVideo(context, videoId);
  const key = options.key ?? generateKey();
  const wrapped = { kidHex: key.kidHex, wrappedKey: wrapKey(key, context.masterKey) };
  const row = { videoId, mediaId: randomName(), scheme: options.scheme };
  const { id } = insertPackageWithJob(context.db, row, [wrapped]);
  wakeWorkers();
  return requirePackage(context, id);
}
