import type { Permission } from '@/lib/accounts/permission';
import { packageNotFound, videoNotFound } from '@/lib/ledger/not-found';
import type { PackageRecord, VideoRecord } from '@/lib/ledger/records';
import { authorize } from './authorize';
import type { Acting } from './principal';

/**
 * A video with which the principal may do this.
 * @throws AppError `video-not-found`, and those of authorize
 */
export async function requireVideo(acting: Acting, id: number, permission: Permission): Promise<VideoRecord> {
  const notFound = () => videoNotFound(id);
  const video = (await acting.ledger.findVideo(id)) ?? notFound();
  authorize(acting, permission, video, notFound);
  return video;
}

/**
 * A package with which the principal may do this.
 * @throws AppError `package-not-found`, and those of authorize
 */
export async function requirePackage(
  acting: Acting,
  id: number,
  permission: Permission,
): Promise<PackageRecord> {
  const notFound = () => packageNotFound(id);
  const record = (await acting.ledger.findPackage(id)) ?? notFound();
  authorize(acting, permission, { ...record.video, packageId: id }, notFound);
  return record;
}
