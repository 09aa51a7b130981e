/** A viewer's choices in the player, to be applied to the next video. Choices never made are absent. */
export interface PlayerChoices {
  /** From 0 to 1. */
  volume?: number;
  isMuted?: boolean;
  /** 1 is normal speed. */
  speed?: number;
  /** The number of the quality menu, such as 720 for 720p. */
  quality?: 'auto' | number;
  audio?: AudioChoice;
  text?: 'off' | TextChoice;
}

export interface AudioChoice {
  /** BCP-47; `und` when unknown. */
  language: string;
  /** A DASH role; empty when the track has none. */
  role: string;
  /** 0 when the track does not say. */
  channels: number;
}

export interface TextChoice {
  language: string;
  role: string;
}

/** Reads stored choices. Invalid values are left out; it never throws. */
export function parseChoices(kept: string | null): PlayerChoices {
  const values = readObject(kept);
  const choices: PlayerChoices = {};
  if (isBetween(values.volume, 0, 1)) choices.volume = values.volume;
  if (typeof values.isMuted === 'boolean') choices.isMuted = values.isMuted;
  if (isBetween(values.speed, 0.25, 4)) choices.speed = values.speed;
  if (values.quality === 'auto' || isBetween(values.quality, 1, 20_000)) choices.quality = values.quality;
  const audio = readTrack(values.audio);
  if (audio) choices.audio = { ...audio, channels: channelsOf(values.audio) };
  const text = values.text === 'off' ? 'off' : readTrack(values.text);
  if (text) choices.text = text;
  return choices;
}

/** The choices that have changed. */
export function changedChoices(before: PlayerChoices, now: PlayerChoices): PlayerChoices {
  const isOther = ([name, choice]: [string, unknown]) =>
    JSON.stringify(choice) !== JSON.stringify(before[name as keyof PlayerChoices]); // names come from `now`
  return Object.fromEntries(Object.entries(now).filter(isOther));
}

function readObject(kept: string | null): Record<string, unknown> {
  try {
    return asObject(JSON.parse(kept ?? '{}'));
  } catch {
    return {};
  }
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

function readTrack(value: unknown): TextChoice | null {
  const { language, role } = asObject(value);
  return typeof language === 'string' && typeof role === 'string' ? { language, role } : null;
}

function channelsOf(value: unknown): number {
  const { channels } = asObject(value);
  return isBetween(channels, 0, 64) ? channels : 0;
}

const name = 'cenclave:player';

/**
 * The choices stored in this browser; none if it stores nothing, as in a private window or with blocked
 * storage.
 */
export function loadChoices(): PlayerChoices {
  try {
    return parseChoices(localStorage.getItem(name));
  } catch {
    return {};
  }
}

/** Stores choices in addition to those already stored, by this page or by another open one. */
export function keepChoices(choices: PlayerChoices): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...loadChoices(), ...choices }));
  } catch {
    // Blocked or full: the next video begins with the defaults.
  }
}
