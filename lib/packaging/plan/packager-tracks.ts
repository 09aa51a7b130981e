import { audioKeyLabel, videoKeyLabel } from '@/lib/keys/key-labels';
import type { KeyMode } from '@/lib/media/content-key';
import type { TrackSet } from '@/lib/media/package-plan';
import type { Track } from '@/lib/media/track';
import type { PackagerTrack } from '@/lib/packager/packager-args';

/** A track to encrypt, with what the library stores about it beyond the manifest. */
export interface SourceTrack extends PackagerTrack {
  isCopied: boolean;
}

/** The tracks of a plan. */
export function plannedTracks({ renditions, audios }: TrackSet, keyMode: KeyMode): SourceTrack[] {
  return [
    ...renditions.map((item): SourceTrack => {
      const keyLabel = videoKeyLabel(item, keyMode);
      const isCopied = item.mode === 'copy';
      return { kind: 'video', name: item.name, language: 'und', label: null, role: null, keyLabel, isCopied };
    }),
    ...audios.map(({ name, language, label, role, mode }): SourceTrack => {
      const keyLabel = audioKeyLabel(keyMode);
      return { kind: 'audio', name, language, label, role, keyLabel, isCopied: mode === 'copy' };
    }),
  ];
}

/** The encrypted tracks of a published version, to be encrypted again. */
export function publishedTracks(tracks: Track[], keyMode: KeyMode): SourceTrack[] {
  return tracks.flatMap((track): SourceTrack[] => {
    const { kind, file, language, label, role, isCopied } = track;
    if (kind === 'text') return [];
    const keyLabel = kind === 'audio' ? audioKeyLabel(keyMode) : videoKeyLabel(track, keyMode);
    return [{ kind, name: file.replace(/\.mp4$/, ''), language, label, role, keyLabel, isCopied }];
  });
}
