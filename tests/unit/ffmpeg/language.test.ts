import { expect, it } from 'vitest';
import { toContainerLanguage, toLanguage } from '@/lib/ffmpeg/language';

it.each([
  // ISO 639-2, as containers carry it; the codes of 639-2/B are not those of 639-2/T.
  ['eng', 'en'],
  ['deu', 'de'],
  ['ger', 'de'],
  ['fre', 'fr'],
  ['fra', 'fr'],
  ['chi', 'zh'],
  ['zho', 'zh'],
  ['dut', 'nl'],
  ['ENG', 'en'],
  // Languages with three letters only.
  ['gsw', 'gsw'],
  ['mul', 'mul'],
  ['zxx', 'zxx'],
  // BCP-47 already.
  ['en', 'en'],
  ['en-us', 'en-US'],
  ['zh-hant', 'zh-Hant'],
  ['pt_BR', 'pt-BR'],
  [' sv ', 'sv'],
  ['sr-latn-rs', 'sr-Latn-RS'],
  // No language.
  ['und', 'und'],
  ['', 'und'],
  [undefined, 'und'],
  ['English', 'und'],
  ['e', 'und'],
  ['en-', 'und'],
  ['en/../..', 'und'],
  ['en,fr', 'und'],
  ['日本語', 'und'],
  ['en-12', 'und'],
])('%j is %s', (tag, language) => {
  expect(toLanguage(tag)).toBe(language);
});

// The language becomes part of a file name, which may have 255 bytes; RFC 5646, 4.4.1 considers 35 characters
// enough.
it('treats an overlong tag as no language', () => {
  const variants = Array.from({ length: 100 }, (_, i) => `v${String(i).padStart(4, '0')}`);
  expect(toLanguage(['en', ...variants].join('-'))).toBe('und');
});

// ISO 639-2 has two codes for these languages; a container may have either.
it.each(
  // biome-ignore format: a table
  [
    ['alb', 'sqi', 'sq'], ['arm', 'hye', 'hy'], ['baq', 'eus', 'eu'], ['bur', 'mya', 'my'], ['chi', 'zho', 'zh'], ['cze', 'ces', 'cs'],
    ['dut', 'nld', 'nl'], ['fre', 'fra', 'fr'], ['geo', 'kat', 'ka'], ['ger', 'deu', 'de'], ['gre', 'ell', 'el'], ['ice', 'isl', 'is'],
    ['mac', 'mkd', 'mk'], ['mao', 'mri', 'mi'], ['may', 'msa', 'ms'], ['per', 'fas', 'fa'], ['rum', 'ron', 'ro'], ['slo', 'slk', 'sk'],
    ['tib', 'bod', 'bo'], ['wel', 'cym', 'cy'],
  ],
)('%s and %s are both %s', (bibliographic, terminological, language) => {
  expect([bibliographic, terminological].map(toLanguage)).toEqual([language, language]);
});

it.each([
  ['de', 'ger'],
  ['en', 'eng'],
  ['pt-BR', 'por'],
  ['zh-Hant', 'chi'],
  // A language without a two-letter code.
  ['fil', 'fil'],
  ['yue-HK', 'yue'],
  ['und', null],
  ['qq', null],
  ['', null],
])('a container stores %j as %j', (language, code) => {
  expect(toContainerLanguage(language)).toBe(code);
});

it('converts a container language back to itself', () => {
  for (const code of ['eng', 'ger', 'fre', 'chi', 'cze', 'gsw'])
    expect(toContainerLanguage(toLanguage(code))).toBe(code);
});
