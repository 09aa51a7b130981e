import type { PackageRecord } from '@/db/queries/packages';
import { uploadedTextId } from '@/lib/media/text-track';

/** Whether the served version has other text tracks than were uploaded for the video: one is not in it yet, or still. */
export function areTextsBehind({ version, textIds }: Pick<PackageRecord, 'version' | 'textIds'>): boolean {
  if (!version) return false;
  const served = version.tracks.map(({ file }) => uploadedTextId(file)).filter((id) => id !== null);
  return served.length !== textIds.length || textIds.some((id) => !served.includes(id));
}
