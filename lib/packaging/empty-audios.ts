import path from 'node:path';
import type { PackagePlan, PlannedAudio } from '@/lib/media/package-plan';
import { hasNoTrack } from '@/lib/mp4/has-no-track';

/**
 * Of tracks that were made, those of streams that hold no sound, though the source declares them: FFmpeg then writes an
 * MP4 without a track, which Shaka Packager refuses.
 */
export async function findEmptyAudios(audios: PlannedAudio[], folder: string): Promise<PlannedAudio[]> {
  const found = audios.map(async (audio) =>
    (await hasNoTrack(path.join(folder, `${audio.name}.mp4`))) ? [audio] : [],
  );
  return (await Promise.all(found)).flat();
}

/** The plan without streams that turned out to be empty; nothing new is made. */
export function withoutAudios(plan: PackagePlan, empty: PlannedAudio[]): PackagePlan {
  if (empty.length === 0) return plan;
  const indexes = empty.map(({ stream }) => stream.index);
  const lanes = plan.lanes.map((lane) => {
    const audios = lane.publish.audios.filter(({ stream }) => !indexes.includes(stream.index));
    return { ...lane, publish: { ...lane.publish, audios: withMain(audios) } };
  });
  const download = plan.download.filter(
    ({ kind, sourceIndex }) => kind === 'video' || sourceIndex === null || !indexes.includes(sourceIndex),
  );
  return { ...plan, lanes, download };
}

/** A player begins with the main track: another takes its place where it was left out. */
function withMain(audios: PlannedAudio[]): PlannedAudio[] {
  if (audios.some(({ role }) => role === 'main')) return audios;
  const next = audios.find(({ role }) => role === 'alternate')?.stream;
  return audios.map((audio) => (audio.stream === next ? { ...audio, role: 'main' } : audio));
}

/** What is told of them, once for each stream. */
export function tellEmpty(empty: PlannedAudio[]): string[] {
  const first = empty.filter((audio, i) => empty.findIndex(({ stream }) => stream === audio.stream) === i);
  return first.map(({ label }) => `The sound "${label}" is not carried: its track in the file is empty.`);
}
