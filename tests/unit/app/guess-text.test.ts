import { expect, it } from 'vitest';
import { guessText } from '@/app/videos/[id]/guess-text';

it.each([
  ['Film.en.srt', 'en', 'subtitles'],
  ['Film.2026.pt-BR.srt', 'pt-BR', 'subtitles'],
  ['film.de.sdh.vtt', 'de', 'captions'],
  ['film.cc.fr.ass', 'fr', 'captions'],
  ['My film_German.srt', 'de', 'subtitles'],
  ['Film.srt', null, 'subtitles'],
  ['de.srt', null, 'subtitles'],
  ['Film.xx.srt', null, 'subtitles'],
  ['The.it.of.2026.x264.srt', null, 'subtitles'],
  ['', null, 'subtitles'],
])('takes %s for %s %s', (name, language, kind) => {
  expect(guessText(name)).toEqual({ language, kind });
});
