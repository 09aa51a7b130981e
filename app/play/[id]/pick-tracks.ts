import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { AudioChoice, PlayerChoices, TextChoice } from './player-choices';

type Picture = Pick<shaka.extern.VideoTrack, 'width' | 'height'>;
type Text = Pick<shaka.extern.TextTrack, 'language' | 'roles'>;

/** What Shaka Player is to look for, in this order: the track that was chosen, its like, its language. */
export function preferredAudio(choice: AudioChoice | undefined): Partial<shaka.extern.AudioPreference>[] {
  if (!choice) return [];
  const { language, role, channels } = choice;
  return [{ language, role, channelCount: channels }, { language, role }, { language }];
}

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
