import type { SourceProbe } from '@/lib/media/source-probe';
import type { Track } from '@/lib/media/track';
import { planAudios } from '@/lib/packaging/plan-tracks';

/** The files of those audio tracks of a version that its video does not give: sound of other files, added later. */
export function addedSounds(probe: SourceProbe, tracks: Track[]): string[] {
  const roles = new Map(planAudios(probe.audios).map(({ name, role }) => [`${name}.mp4`, role]));
  return tracks
    .filter(({ kind, file, role }) => {
      // What is added is a dub; a video may hold dubs as well.
      const isAdded = !roles.has(file) || (role === 'dub' && roles.get(file) !== 'dub');
      return kind === 'audio' && isAdded;
    })
    .map(({ file }) => file);
}
