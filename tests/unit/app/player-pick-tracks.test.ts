import { describe, expect, it } from 'vitest';
import { audioChoice, pickPicture, pickText, preferredAudio, qualityOf } from '@/app/play/[id]/pick-tracks';

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

describe('the audio that Shaka Player is to look for', () => {
  it('is the track, then its like, then its language', () => {
    const track = { language: 'en', roles: ['commentary', 'alternate'], channelsCount: 2 };
    expect(preferredAudio(audioChoice(track))).toEqual([
      { language: 'en', role: 'commentary', channelCount: 2 },
      { language: 'en', role: 'commentary' },
      { language: 'en' },
    ]);
  });

  it('is nothing where nothing was chosen', () => {
    expect(preferredAudio(undefined)).toEqual([]);
  });
});
