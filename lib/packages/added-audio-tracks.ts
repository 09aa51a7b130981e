import type { SourceProbe } from '@/lib/media/source-probe';
import type { Track } from '@/lib/media/track';
import { planAudios } from '@/lib/packaging/plan/plan-tracks';

/** The files of a version's audio tracks that did not come from its video but were added later. */
export function addedAudioTracks(probe: SourceProbe, tracks: Track[]): string[] {
  const roles = new Map(planAudios(probe.audios).map(({ name, role }) => [`${name}.mp4`, role]));
  return tracks
    .filter(({ kind, file, role }) => {
      // Added audio tracks have the role `dub`; a video may hold dubs as well.
      const isAdded = !roles.has(file) || (role === 'dub' && roles.get(file) !== 'dub');
      return kind === 'audio' && isAdded;
    })
    .map(({ file }) => file);
}
