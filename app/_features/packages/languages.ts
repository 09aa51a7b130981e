import type { Track } from '@/lib/media/track';

// biome-ignore format: a list
const tags = [
  'ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'es-419', 'et', 'eu', 'fa', 'fi', 'fil', 'fr', 'fr-CA',
  'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb', 'nl', 'pl', 'pt-BR', 'pt-PT',
  'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-Hans', 'zh-Hant',
];

interface Language {
  /** BCP-47. */
  tag: string;
  /** In English. */
  name: string;
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The most common languages of tracks, sorted by name. */
export const commonLanguages: Language[] = tags
  .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** What the name of a file says about its track. */
export interface TextGuess {
  /** BCP-47. */
  language: string | null;
  kind: 'subtitles' | 'captions';
}

/**
 * Guesses language and kind from the name of a text file, by the naming convention of media players:
 * `Movie.en.srt`, `Movie.pt-BR.sdh.srt`. The language is null if the name has no common one.
 */
export function guessText(fileName: string): TextGuess {
  const parts = fileName
    .toLowerCase()
    .split(/[._\s]+/)
    .slice(1, -1);
  const language = commonLanguages.find(({ tag, name }) =>
    [tag, name].some((word) => parts.slice(-2).includes(word.toLowerCase())),
  );
  const isCaptions = parts.some((part) => ['sdh', 'cc', 'captions'].includes(part));
  return { language: language?.tag ?? null, kind: isCaptions ? 'captions' : 'subtitles' };
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
