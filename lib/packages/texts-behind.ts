import type { PackageRecord } from '@/lib/ledger/records';
import { uploadedTextId } from '@/lib/media/text-track';

/**
 * Whether the uploaded text tracks of the served version differ from those of the video: one is missing, or
 * was deleted.
 */
export function areTextsBehind({ version, textIds }: Pick<PackageRecord, 'version' | 'textIds'>): boolean {
  if (!version) return false;
  const served = version.tracks.map(({ file }) => uploadedTextId(file)).filter((id) => id !== null);
  return served.length !== textIds.length || textIds.some((id) => !served.includes(id));
}
