import { describe, expect, it } from 'vitest';
import { changedChoices, type PlayerChoices, parseChoices } from '@/app/_features/player/player-choices';

const all: PlayerChoices = {
  volume: 0.4,
  isMuted: true,
  speed: 1.5,
  quality: 720,
  audio: { language: 'de', role: 'alternate', channels: 6 },
  text: { language: 'en', role: 'caption' },
};

describe('stored choices', () => {
  it.each([all, { quality: 'auto', text: 'off' }, { volume: 0 }, {}])('%j are read back', (choices) => {
    expect(parseChoices(JSON.stringify(choices))).toEqual(choices);
  });

  it.each([null, '', 'rubbish', '[]', 'null', '7', '"text"', '{'])('%s holds no choices', (kept) => {
    expect(parseChoices(kept)).toEqual({});
  });

  it.each([
    ['a volume above 1', { volume: 3 }],
    ['a volume that is not a number', { volume: 'loud' }],
    ['a speed of zero', { speed: 0 }],
    ['a speed that is not a number', { speed: '2' }],
    ['a quality that is not a number', { quality: '720p' }],
    ['a mute that is not a boolean', { isMuted: 1 }],
    ['an audio track without a role', { audio: { language: 'de' } }],
    ['a text track that is a list', { text: ['en'] }],
  ])('%s is left out, and the rest kept', (_, wrong) => {
    const [name = ''] = Object.keys(wrong);
    const { [name as keyof PlayerChoices]: _left, ...rest } = all;
    expect(parseChoices(JSON.stringify({ ...all, ...wrong, unknown: 1 }))).toEqual(rest);
  });

  it('channels that are not a number count as unknown', () => {
    const audio = { language: 'de', role: 'main', channels: 'six' };
    expect(parseChoices(JSON.stringify({ audio }))).toEqual({ audio: { ...audio, channels: 0 } });
  });
});

describe('what has changed', () => {
  it.each<[string, PlayerChoices, PlayerChoices]>([
    ['nothing', {}, {}],
    ['the volume', { volume: 0.5 }, { volume: 0.5 }],
    [
      'another role of a language',
      { text: { language: 'en', role: 'subtitle' } },
      { text: { language: 'en', role: 'subtitle' } },
    ],
    ['captions off', { text: 'off' }, { text: 'off' }],
  ])('is %s', (_, change, expected) => {
    expect(changedChoices(all, { ...all, ...change })).toEqual(expected);
  });

  it('omits a choice that the current video does not offer', () => {
    const { text: _text, ...now } = all;
    expect(changedChoices(all, now)).toEqual({});
  });

  it('is every choice when none was stored', () => {
    expect(changedChoices({}, all)).toEqual(all);
  });
});
