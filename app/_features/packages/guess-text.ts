import { commonLanguages } from './languages';

/**
 * Guesses language and kind from the name of a text file, by the naming convention of media players:
 * `Movie.en.srt`, `Movie.pt-BR.sdh.srt`. The language is null if the name has no common one.
 */
export function guessText(fileName: string): { language: string | null; kind: 'subtitles' | 'captions' } {
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
