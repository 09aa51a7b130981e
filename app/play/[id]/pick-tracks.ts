import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Track } from '@/lib/media/track';
import type { AudioChoice, PlayerChoices, TextChoice } from './player-choices';

type Picture = Pick<shaka.extern.VideoTrack, 'width' | 'height'>;
type Text = Pick<shaka.extern.TextTrack, 'language' | 'roles'>;

type Audio = Pick<Track, 'language' | 'role' | 'channels'>;

/**
 * The audio track to begin with: the one that the viewer chose before, or its like; else the first of the viewer's languages
 * that the source has; else the source's default, whose role is `main`; else the first.
 * @param languages BCP-47, the most wanted first
 */
export function pickAudio<T extends Audio>(
  tracks: T[],
  choice: AudioChoice | undefined,
  languages: readonly string[],
): T | null {
  const chosen = choice && likeChoice(tracks, choice);
  if (chosen) return chosen;
  for (const language of languages) {
    const speech = closestLanguage(tracks, language).filter(({ role }) => !isAside(role));
    const found = mainOf(speech);
    if (found) return found;
  }
  return mainOf(tracks);
}

/** Has Shaka Player take this track: by its label, which no other track of a package has, or by what else there is. */
export function audioPreferences({
  language,
  role,
  channels,
  label,
}: Audio & Pick<Track, 'label'>): Partial<shaka.extern.AudioPreference>[] {
  const like = { language, role: role ?? '' };
  return [...(label ? [{ language, label }] : []), { ...like, channelCount: channels ?? 0 }, like];
}

/** The track of that language, role and channels, or of as many of them as there are; null where the language is not there. */
function likeChoice<T extends Audio>(tracks: T[], { language, role, channels }: AudioChoice): T | null {
  const ofLanguage = tracks.filter((track) => track.language === language);
  const ofRole = ofLanguage.filter((track) => (track.role ?? '') === role);
  return ofRole.find((track) => (track.channels ?? 0) === channels) ?? ofRole[0] ?? mainOf(ofLanguage);
}

const mainOf = <T extends Audio>(tracks: T[]): T | null =>
  tracks.find(({ role }) => role === 'main') ?? tracks[0] ?? null;

/** What speaks about the film is not taken for its language. */
const isAside = (role: string | null) => role === 'commentary' || role === 'description';

/** Tracks of exactly this language, else of the same without a region, else of another region: `en-GB`, `en`, `en-US`. */
function closestLanguage<T extends Audio>(tracks: T[], wanted: string): T[] {
  const base = baseOf(wanted);
  const exact = tracks.filter(({ language }) => language.toLowerCase() === wanted.toLowerCase());
  if (exact.length > 0) return exact;
  const plain = tracks.filter(({ language }) => language.toLowerCase() === base);
  return plain.length > 0 ? plain : tracks.filter(({ language }) => baseOf(language) === base);
}

const baseOf = (language: string) => language.toLowerCase().split('-')[0];

/** The text track to show; null for none. A choice that a video does not have shows none. */
export function pickText<T extends Text>(tracks: T[], choice: PlayerChoices['text']): T | null {
  if (choice === undefined || choice === 'off') return null;
  const ofLanguage = tracks.filter(({ language }) => language === choice.language);
  return ofLanguage.find(({ roles }) => roleOf(roles) === choice.role) ?? ofLanguage[0] ?? null;
}

/** The picture of the quality that was chosen, or the next below it; null where the player is to decide. */
export function pickPicture<T extends Picture>(tracks: T[], choice: PlayerChoices['quality']): T | null {
  if (choice === undefined || choice === 'auto') return null;
  const ascending = tracks.toSorted((a, b) => qualityOf(a) - qualityOf(b));
  return ascending.findLast((track) => qualityOf(track) <= choice) ?? ascending[0] ?? null;
}

/** The number by which the quality menu names a picture: its lines, or those of the 16:9 box that it fills in width. */
export function qualityOf({ width, height }: Picture): number {
  const [long, short] = [Math.max(width ?? 0, height ?? 0), Math.min(width ?? 0, height ?? 0)];
  return Math.max(short, Math.round((long * 9) / 16));
}

/** A track as it is kept: it may have several roles, of which the first says what it is. */
export const textChoice = ({ language, roles }: Text): TextChoice => ({ language, role: roleOf(roles) });

export const audioChoice = (
  track: Pick<shaka.extern.AudioTrack, 'language' | 'roles' | 'channelsCount'>,
): AudioChoice => ({
  language: track.language,
  role: roleOf(track.roles),
  channels: track.channelsCount ?? 0,
});

const roleOf = (roles: string[]) => roles[0] ?? '';
