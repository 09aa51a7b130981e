import { commonLanguages } from './languages';

/**
 * What the name of a text file says of it, as players of files have it: `Film.en.srt`, `Film.pt-BR.sdh.srt`. The
 * language is null where the name says none that is common.
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
