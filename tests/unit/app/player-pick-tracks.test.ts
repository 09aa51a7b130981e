import { describe, expect, it } from 'vitest';
import {
  audioChoice,
  audioPreferences,
  pickAudio,
  pickPicture,
  pickText,
  qualityOf,
} from '@/app/play/[id]/pick-tracks';

describe('the quality that a viewer reads', () => {
  it.each([
    [1280, 720, 720],
    [854, 480, 480],
    [1920, 804, 1080],
    [640, 480, 480],
    [720, 1280, 720],
    [null, null, 0],
  ])('of %s × %s is %sp', (width, height, quality) => {
    expect(qualityOf({ width, height })).toBe(quality);
  });
});

describe('the picture for a quality', () => {
  const tracks = [
    { width: 640, height: 360 },
    { width: 1280, height: 720 },
    { width: 426, height: 240 },
  ];
  it.each([
    [720, 720],
    [1080, 720],
    [480, 360],
    [144, 240],
  ])('%s is %sp', (choice, height) => {
    expect(pickPicture(tracks, choice)?.height).toBe(height);
  });

  it.each([undefined, 'auto'] as const)('%s is left to the player', (choice) => {
    expect(pickPicture(tracks, choice)).toBeNull();
  });

  it('is none where there is no picture', () => {
    expect(pickPicture([], 720)).toBeNull();
  });
});

describe('the text track', () => {
  const tracks = [
    { language: 'en', roles: ['subtitle'] },
    { language: 'en', roles: ['caption'] },
    { language: 'de', roles: [] },
  ];
  it.each([
    ['of language and role', { language: 'en', role: 'caption' }, tracks[1]],
    ['of the language, where it has not the role', { language: 'en', role: 'forced-subtitle' }, tracks[0]],
    ['without a role', { language: 'de', role: '' }, tracks[2]],
    ['of no language that was not chosen', { language: 'fr', role: 'subtitle' }, null],
    ['of none when off', 'off' as const, null],
    ['of none when nothing was chosen', undefined, null],
  ])('is that %s', (_, choice, expected) => {
    expect(pickText(tracks, choice)).toBe(expected);
  });
});

describe('the audio track to begin with', () => {
  const track = (language: string, role: string, channels = 2) => ({
    language,
    role,
    channels,
    label: `${language} ${role}`,
  });
  const film = [
    track('en', 'commentary'),
    track('en', 'alternate'),
    track('en', 'alternate', 6),
    track('de', 'main'),
    track('pt-BR', 'dub'),
    track('fr', 'commentary'),
  ];
  const [, english, surround, german, brazilian] = film;

  it.each([
    ['that of the first language that is there', undefined, ['ja', 'en-US', 'de'], english],
    ['that of another region', undefined, ['pt-PT'], brazilian],
    ['the default where only a commentary is in the language', undefined, ['fr'], german],
    ['the default where no language is there', undefined, ['ja'], german],
    ['the default where the viewer has none', undefined, [], german],
    [
      'the one that was chosen, before the languages',
      { language: 'en', role: 'alternate', channels: 6 },
      ['de'],
      surround,
    ],
    ['of the role that was chosen', { language: 'en', role: 'alternate', channels: 8 }, ['de'], english],
    [
      'by language, where what was chosen is not there',
      { language: 'ja', role: 'main', channels: 2 },
      ['en'],
      english,
    ],
  ])('is %s', (_, choice, languages, expected) => {
    expect(pickAudio(film, choice, languages)).toBe(expected);
  });

  it('prefers the default among those of a language', () => {
    const tracks = [track('en', 'alternate'), track('en', 'main')];
    expect(pickAudio(tracks, undefined, ['en-GB'])).toBe(tracks[1]);
  });

  it('is the first where none is the default, and none where there is none', () => {
    const tracks = [track('en', 'alternate'), track('de', 'alternate')];
    expect(pickAudio(tracks, undefined, ['ja'])).toBe(tracks[0]);
    expect(pickAudio([], undefined, ['en'])).toBeNull();
  });

  it('is kept as what it is, and found again', () => {
    const kept = audioChoice({ language: 'en', roles: ['commentary', 'alternate'], channelsCount: 2 });
    expect(pickAudio(film, kept, ['de'])).toBe(film[0]);
  });

  it('is named to Shaka Player by its label first', () => {
    expect(audioPreferences(track('en', 'main', 6))).toEqual([
      { language: 'en', label: 'en main' },
      { language: 'en', role: 'main', channelCount: 6 },
      { language: 'en', role: 'main' },
    ]);
  });
});
