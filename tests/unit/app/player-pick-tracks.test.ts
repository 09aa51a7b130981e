import { describe, expect, it } from 'vitest';
import {
  audioChoice,
  audioPreferences,
  pickAudio,
  pickRendition,
  pickText,
  qualityOf,
} from '@/app/_features/player/pick-tracks';

describe('the displayed quality', () => {
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

describe('the rendition for a quality', () => {
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
    expect(pickRendition(tracks, choice)?.height).toBe(height);
  });

  it.each([undefined, 'auto'] as const)('%s is left to the player', (choice) => {
    expect(pickRendition(tracks, choice)).toBeNull();
  });

  it('is null without video', () => {
    expect(pickRendition([], 720)).toBeNull();
  });
});

describe('the text track', () => {
  const tracks = [
    { language: 'en', roles: ['subtitle'] },
    { language: 'en', roles: ['caption'] },
    { language: 'de', roles: [] },
  ];
  it.each([
    ['the one of the language and role', { language: 'en', role: 'caption' }, tracks[1]],
    [
      'the first of the language, where none has the role',
      { language: 'en', role: 'forced-subtitle' },
      tracks[0],
    ],
    ['the one without a role', { language: 'de', role: '' }, tracks[2]],
    ['none where the language is missing', { language: 'fr', role: 'subtitle' }, null],
    ['none when off', 'off' as const, null],
    ['none when nothing was chosen', undefined, null],
  ])('is %s', (_, choice, expected) => {
    expect(pickText(tracks, choice)).toBe(expected);
  });
});

describe('the initial audio track', () => {
  const track = (language: string, role: string, channels = 2) => ({
    language,
    role,
    channels,
    label: `${language} ${role}`,
  });
  const all = [
    track('en', 'commentary'),
    track('en', 'alternate'),
    track('en', 'alternate', 6),
    track('de', 'main'),
    track('pt-BR', 'dub'),
    track('fr', 'commentary'),
  ];
  const [, english, surround, german, brazilian] = all;

  it.each([
    ['the one of the first language that is available', undefined, ['ja', 'en-US', 'de'], english],
    ['the one of another region of the language', undefined, ['pt-PT'], brazilian],
    ['the default where only a commentary is in the language', undefined, ['fr'], german],
    ['the default where no language is available', undefined, ['ja'], german],
    ['the default where the viewer has no languages', undefined, [], german],
    [
      'the chosen one, whatever the languages',
      { language: 'en', role: 'alternate', channels: 6 },
      ['de'],
      surround,
    ],
    ['the one of the chosen role', { language: 'en', role: 'alternate', channels: 8 }, ['de'], english],
    [
      'the one of the language, where the chosen one is missing',
      { language: 'ja', role: 'main', channels: 2 },
      ['en'],
      english,
    ],
  ])('is %s', (_, choice, languages, expected) => {
    expect(pickAudio(all, choice, languages)).toBe(expected);
  });

  it('prefers the default among those of a language', () => {
    const tracks = [track('en', 'alternate'), track('en', 'main')];
    expect(pickAudio(tracks, undefined, ['en-GB'])).toBe(tracks[1]);
  });

  it('is the first where none is the default, and null without tracks', () => {
    const tracks = [track('en', 'alternate'), track('de', 'alternate')];
    expect(pickAudio(tracks, undefined, ['ja'])).toBe(tracks[0]);
    expect(pickAudio([], undefined, ['en'])).toBeNull();
  });

  it('is stored by its properties and found again', () => {
    const kept = audioChoice({ language: 'en', roles: ['commentary', 'alternate'], channelsCount: 2 });
    expect(pickAudio(all, kept, ['de'])).toBe(all[0]);
  });

  it('is requested from Shaka Player by its label first', () => {
    expect(audioPreferences(track('en', 'main', 6))).toEqual([
      { language: 'en', label: 'en main' },
      { language: 'en', role: 'main', channelCount: 6 },
      { language: 'en', role: 'main' },
    ]);
  });
});
