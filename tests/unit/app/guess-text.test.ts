import { expect, it } from 'vitest';
import { guessText } from '@/app/_features/packages/languages';

it.each([
  ['Movie.en.srt', 'en', 'subtitles'],
  ['Movie.2026.pt-BR.srt', 'pt-BR', 'subtitles'],
  ['movie.de.sdh.vtt', 'de', 'captions'],
  ['movie.cc.fr.ass', 'fr', 'captions'],
  ['My movie_German.srt', 'de', 'subtitles'],
  ['Movie.srt', null, 'subtitles'],
  ['de.srt', null, 'subtitles'],
  ['Movie.xx.srt', null, 'subtitles'],
  ['The.it.of.2026.x264.srt', null, 'subtitles'],
  ['', null, 'subtitles'],
])('guesses from %s: %s %s', (name, language, kind) => {
  expect(guessText(name)).toEqual({ language, kind });
});
