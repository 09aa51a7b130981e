import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Track } from '@/lib/media/track';
import type { AudioChoice, PlayerChoices, TextChoice } from './player-choices';

type FrameSize = Pick<shaka.extern.VideoTrack, 'width' | 'height'>;
type Text = Pick<shaka.extern.TextTrack, 'language' | 'roles'>;

type Audio = Pick<Track, 'language' | 'role' | 'channels'>;

/**
 * The audio track to start with: the one that the viewer chose before, or a similar one; else the first of
 * the viewer's languages that the source has; else the source's default, whose role is `main`; else the
 * first.
 * @param languages BCP-47, in order of preference
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

/**
 * Shaka Player's preferences for this track: by its label, which is unique within a package, or else by its
 * other properties.
 */
export function audioPreferences({
  language,
  role,
  channels,
  label,
}: Audio & Pick<Track, 'label'>): Partial<shaka.extern.AudioPreference>[] {
  const like = { language, role: role ?? '' };
  return [...(label ? [{ language, label }] : []), { ...like, channelCount: channels ?? 0 }, like];
}

/**
 * The track with the same language, role and channels, or with as many of these as possible; null if no track
 * has the language.
 */
function likeChoice<T extends Audio>(tracks: T[], { language, role, channels }: AudioChoice): T | null {
  const ofLanguage = tracks.filter((track) => track.language === language);
  const ofRole = ofLanguage.filter((track) => (track.role ?? '') === role);
  return ofRole.find((track) => (track.channels ?? 0) === channels) ?? ofRole[0] ?? mainOf(ofLanguage);
}

const mainOf = <T extends Audio>(tracks: T[]): T | null =>
  tracks.find(({ role }) => role === 'main') ?? tracks[0] ?? null;

/** Commentaries and descriptions do not count as the video's language. */
const isAside = (role: string | null) => role === 'commentary' || role === 'description';

/**
 * Tracks of exactly this language, else of the same without a region, else of another region: `en-GB`, `en`,
 * `en-US`.
 */
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

/** The rendition of the chosen quality, or the next lower one; null if the player is to decide. */
export function pickRendition<T extends FrameSize>(tracks: T[], choice: PlayerChoices['quality']): T | null {
  if (choice === undefined || choice === 'auto') return null;
  const ascending = tracks.toSorted((a, b) => qualityOf(a) - qualityOf(b));
  return ascending.findLast((track) => qualityOf(track) <= choice) ?? ascending[0] ?? null;
}

/**
 * The number of a rendition in the quality menu: its height, or the height of the 16:9 box that it fills in
 * width.
 */
export function qualityOf({ width, height }: FrameSize): number {
  const [long, short] = [Math.max(width ?? 0, height ?? 0), Math.min(width ?? 0, height ?? 0)];
  return Math.max(short, Math.round((long * 9) / 16));
}

/** A text track as it is stored: of several roles, the first one identifies it. */
export const textChoice = ({ language, roles }: Text): TextChoice => ({ language, role: roleOf(roles) });

export const audioChoice = (
  track: Pick<shaka.extern.AudioTrack, 'language' | 'roles' | 'channelsCount'>,
): AudioChoice => ({
  language: track.language,
  role: roleOf(track.roles),
  channels: track.channelsCount ?? 0,
});

const roleOf = (roles: string[]) => roles[0] ?? '';
