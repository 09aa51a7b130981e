import { expect, it } from 'vitest';
import { parseLanguage } from '@/lib/http/language';

it.each([
  ['en', 'en'],
  [' EN ', 'en'],
  ['pt-br', 'pt-BR'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['sr-latn', 'sr-Latn'],
  ['es-419', 'es-419'],
  ['und', 'und'],
  ['eng', 'en'],
])('reads %j as %s', (text, language) => {
  expect(parseLanguage(text)).toBe(language);
});

it.each([
  undefined,
  '',
  ' ',
  'e',
  'english language',
  'en_US',
  '../../x',
  'en"',
  `en-${'abcde-'.repeat(9)}x`,
  '__proto__',
])('refuses %j', (text) => {
  expect(() => parseLanguage(text)).toThrow(
    expect.objectContaining({ code: 'language-invalid', field: 'language' }),
  );
});
