import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DashTrack } from '@/lib/manifest/read-dash';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { PublishedVersion, Track } from '@/lib/media/track';

/** What the library tells of a version: its tracks as verified, with what only the plan knows of them. */
export async function describeVersion(
  folder: string,
  number: number,
  plan: PackagePlan,
  verified: DashTrack[],
): Promise<PublishedVersion> {
  const planned = new Map([...plan.renditions, ...plan.audios].map((track) => [`${track.name}.mp4`, track]));
  const tracks = verified.map((found): Track => {
    const plannedTrack = planned.get(found.file);
    const { file, kind, codec, bitrateBps, language, width, height, channels } = found;
    const label = plannedTrack && 'label' in plannedTrack ? plannedTrack.label : null;
    const isCopied = plannedTrack?.mode === 'copy';
    return { kind, file, codec, bitrateBps, language, label, width, height, channels, isCopied };
  });
  return { number, tracks, sizeBytes: await folderBytes(folder), durationSeconds: plan.durationSeconds };
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
