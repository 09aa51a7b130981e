import type { Track } from '@/lib/media/track';

export const kindNames: Record<Track['kind'], string> = { video: 'Video', audio: 'Audio', text: 'Text' };

const layouts: Record<number, string> = { 1: 'Mono', 2: 'Stereo', 6: '5.1', 8: '7.1' };

/**
 * The property that distinguishes a track from others of its kind: its resolution, its channels, or its
 * label.
 */
export function trackDetail({ kind, width, height, channels, label }: Track): string {
  if (kind === 'video' && width !== null && height !== null) return `${width} × ${height}`;
  if (kind === 'audio' && channels !== null) return layouts[channels] ?? `${channels} channels`;
  return label ?? '–';
}

/** A language's English name; a dash for video without one. */
export function languageName({ kind, language }: Pick<Track, 'kind' | 'language'>): string {
  if (language === 'und') return kind === 'video' ? '–' : 'Unknown';
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  } catch {
    return language; // not a well-formed BCP-47 tag
  }
}
