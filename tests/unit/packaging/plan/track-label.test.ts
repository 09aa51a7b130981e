import { describe, expect, it } from 'vitest';
import { audioLabel, languageName, withUniqueLabels } from '@/lib/packaging/plan/track-label';

it.each([
  ['en', 'English'],
  ['de', 'German'],
  ['pt-BR', 'Brazilian Portuguese'],
  ['zh-Hant', 'Traditional Chinese'],
  ['und', ''],
  ['qaa', 'qaa'],
])('the language %s is %j', (language, expected) => {
  expect(languageName(language)).toBe(expected);
});

it.each<[string, Parameters<typeof audioLabel>, string]>([
  ['its title', ['Director', 'en', 2, 1], 'Director'],
  ['its title with its channels', ['Director', 'en', 6, 1], 'Director – 5.1'],
  ['a title that names the channels, once', ['English 5.1', 'en', 6, 1], 'English 5.1'],
  ['its language', [null, 'fr', 2, 3], 'French'],
  ['its language with its channels', [null, 'fr', 8, 3], 'French – 7.1'],
  ['its number', [null, 'und', 2, 3], 'Audio 3'],
  ['its number with its channels', ['', 'und', 6, 3], 'Audio 3 – 5.1'],
  ['no channels for mono', [null, 'en', 1, 1], 'English'],
])('an audio track is labeled with %s', (_, given, expected) => {
  expect(audioLabel(...given)).toBe(expected);
});

describe('tracks of one label', () => {
  const track = (label: string, language: string) => ({ label, language });
  const labelsOf = (tracks: ReturnType<typeof track>[], taken?: string[]) =>
    withUniqueLabels(tracks, taken).map(({ label }) => label);

  it('are distinguished by their language, or by a number', () => {
    const tracks = [
      track('SDH', 'en'),
      track('SDH', 'de'),
      track('SDH', 'de'),
      track('SDH', 'und'),
      track('German', 'de'),
      track('German', 'de'),
    ];
    expect(labelsOf(tracks)).toEqual([
      'SDH',
      'SDH – German',
      'SDH – German 2',
      'SDH 2',
      'German',
      'German 2',
    ]);
  });

  it('are distinguished from existing ones', () => {
    expect(labelsOf([track('German', 'de')], ['English', 'German'])).toEqual(['German 2']);
  });
});
