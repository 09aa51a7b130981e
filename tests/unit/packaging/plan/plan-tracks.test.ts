import { describe, expect, it } from 'vitest';
import type { AudioRole, PlannedAudio } from '@/lib/media/package-plan';
import type { AudioStream } from '@/lib/media/source-probe';
import { noFacts } from '@/lib/media/source-survey';
import { planAudios } from '@/lib/packaging/plan/plan-tracks';
import { sampleAudio } from '@/tests/harness/sample-probe';
import { sampleAudioSurvey, sampleSurvey } from '@/tests/harness/sample-survey';

const ac3 = { codec: 'ac3', profile: '', channels: 6, bitrateBps: 448_000 };

describe('an audio track', () => {
  it.each<[string, Partial<AudioStream>, Partial<PlannedAudio>]>([
    ['AAC-LC is copied', {}, { mode: 'copy', channels: 2, bitrateBps: 128_000, name: 'audio-en' }],
    [
      'AAC-LC 5.1 is copied with its channels',
      { channels: 6, bitrateBps: 256_000 },
      { mode: 'copy', channels: 6, bitrateBps: 256_000, name: 'audio-en-6ch', label: 'English – 5.1' },
    ],
    [
      'AAC-LC mono is copied',
      { channels: 1 },
      { mode: 'copy', channels: 1, name: 'audio-en', label: 'English' },
    ],
    ['AAC-LC without a rate counts as 160 kbit/s', { bitrateBps: null }, { bitrateBps: 160_000 }],
    ['Opus mono becomes stereo', { codec: 'opus', channels: 1 }, { mode: 'encode', channels: 2 }],
    ['five channels become stereo', { codec: 'ac3', channels: 5 }, { mode: 'encode', channels: 2 }],
    ['HE-AAC is encoded', { profile: 'HE-AAC' }, { mode: 'encode', channels: 2, bitrateBps: 160_000 }],
    ['its title is its label', { title: 'Commentary' }, { label: 'Commentary' }],
    ['its language is its label', { language: 'pt-BR' }, { label: 'Brazilian Portuguese' }],
    ['its number is its label', { language: 'und' }, { label: 'Audio 1', name: 'audio-und' }],
    ['its language is in its name', { language: 'zh-Hant' }, { name: 'audio-zh-Hant', language: 'zh-Hant' }],
  ])('%s', (_, changes, expected) => {
    const tracks = planAudios([sampleAudio(changes)]);
    expect(tracks).toMatchObject([expected]);
  });

  it.each([6, 7, 8])('of %d channels becomes stereo, and 5.1 beside it', (channels) => {
    const stream = sampleAudio({ ...ac3, channels });
    const both = { stream, mode: 'encode', language: 'en', role: 'main', padToSeconds: null };
    expect(planAudios([stream])).toEqual([
      { ...both, name: 'audio-en', channels: 2, bitrateBps: 160_000, label: 'English' },
      { ...both, name: 'audio-en-6ch', channels: 6, bitrateBps: 384_000, label: 'English – 5.1' },
    ]);
  });

  it('keeps the stream that it is made from', () => {
    const stream = sampleAudio({ index: 5 });
    expect(planAudios([stream])[0]?.stream).toBe(stream);
  });

  it.each<[string, Partial<AudioStream>, boolean, (boolean | undefined)[]]>([
    ['AC-3 5.1 that is cut later on', ac3, true, [true, true]],
    ['HE-AAC that is cut later on', { profile: 'HE-AAC' }, true, [true]],
    ['AC-3 5.1 that is whole', ac3, false, [undefined, undefined]],
    ['AAC-LC that is cut later on', {}, true, [true]],
    ['AAC-LC that is copied', {}, false, [undefined]],
  ])('has cuts where it is encoded from a stream that has some: %s', (_, changes, hasCuts, expected) => {
    const survey = sampleSurvey({ audios: new Map([[1, sampleAudioSurvey({ hasCuts })]]) });
    const tracks = planAudios([sampleAudio(changes)], [], { ...noFacts, survey });
    expect(tracks.map(({ hasCuts }) => hasCuts)).toEqual(expected);
  });

  it('has cuts where its copy is refused', () => {
    const survey = sampleSurvey({ audios: new Map([[1, sampleAudioSurvey({ hasCuts: true })]]) });
    const facts = { ...noFacts, survey, refused: new Set([1]) };
    expect(planAudios([sampleAudio()], [], facts)).toMatchObject([{ mode: 'encode', hasCuts: true }]);
  });

  it('is not planned without a stream', () => {
    expect(planAudios([])).toEqual([]);
  });
});

describe('names', () => {
  const namesOf = (streams: Partial<AudioStream>[], taken: string[] = []) =>
    planAudios(
      streams.map(sampleAudio),
      taken.map((name) => ({ name, label: null })),
    ).map(({ name }) => name);

  it('are numbered in the order of the streams', () => {
    const streams = ['en', 'en', 'und', 'en', 'und'].map((language, index) => ({ index, language }));
    expect(namesOf(streams)).toEqual(['audio-en', 'audio-en-2', 'audio-und', 'audio-en-3', 'audio-und-2']);
  });

  it('of stereo and 5.1 are numbered separately', () => {
    expect(namesOf([ac3, ac3])).toEqual(['audio-en', 'audio-en-6ch', 'audio-en-2', 'audio-en-6ch-2']);
  });

  it('avoid those that are taken', () => {
    expect(namesOf([{}, { language: 'de' }], ['video-1080p', 'audio-en', 'audio-en-2'])).toEqual([
      'audio-en-3',
      'audio-de',
    ]);
  });
});

describe('labels', () => {
  const labelsOf = (streams: Partial<AudioStream>[], others?: { name: string; label: string | null }[]) =>
    planAudios(streams.map(sampleAudio), others).map(({ label }) => label);

  it('distinguish streams of one language', () => {
    expect(labelsOf([{}, ac3, ac3])).toEqual([
      'English',
      'English 2',
      'English – 5.1',
      'English 3',
      'English – 5.1 2',
    ]);
  });

  it('of commentaries of one title name their languages', () => {
    const commentary = { title: 'Commentary' };
    expect(labelsOf([commentary, { ...commentary, language: 'de' }])).toEqual([
      'Commentary',
      'Commentary – German',
    ]);
  });

  it('avoid those that are taken', () => {
    const others = [
      { name: 'video-1080p', label: null },
      { name: 'audio-en', label: 'English' },
    ];
    expect(labelsOf([{}], others)).toEqual(['English 2']);
  });
});

describe('the role of a track', () => {
  it.each<[string, Partial<AudioStream>[], AudioRole[]]>([
    ['the first is the main one', [{}, {}, {}], ['main', 'alternate', 'alternate']],
    [
      'the container has roles',
      [{}, { role: 'dub' }, { role: 'description' }],
      ['main', 'dub', 'description'],
    ],
    ['the title names a role', [{}, { title: "Director's Commentary" }], ['main', 'commentary']],
    ['a title in another language names no role', [{}, { title: 'Kommentar' }], ['main', 'alternate']],
    ['a commentary comes first', [{ role: 'commentary' }, {}], ['commentary', 'main']],
    ['the role of the container wins over the title', [{ role: 'dub', title: 'Commentary' }], ['dub']],
    ['stereo and 5.1 have the same role', [{}, ac3], ['main', 'alternate', 'alternate']],
  ])('%s', (_, streams, expected) => {
    expect(planAudios(streams.map(sampleAudio)).map(({ role }) => role)).toEqual(expected);
  });

  // A player begins with the main track: without one, it may well begin with the commentary.
  it('is main for one track, when a commentary comes first', () => {
    const roles = planAudios([sampleAudio({ role: 'commentary' }), sampleAudio()]).map(({ role }) => role);
    expect(roles).toEqual(['commentary', 'main']);
  });
});

describe('the default track', () => {
  const rolesOf = (...streams: Partial<AudioStream>[]) =>
    planAudios(streams.map(sampleAudio)).map(({ role }) => role);
  const [marked, plain] = [{ isDefault: true }, { isDefault: false }];

  it.each<[string, Partial<AudioStream>[], string[]]>([
    ['is the one that the source marks', [plain, marked], ['alternate', 'main']],
    ['is the first of several marked', [plain, marked, marked], ['alternate', 'main', 'alternate']],
    ['is the first where none is marked', [plain, plain], ['main', 'alternate']],
    [
      'is never a commentary, even if it is marked',
      [{ ...marked, role: 'commentary' }, plain],
      ['commentary', 'main'],
    ],
    [
      'is never a description, even if it is marked',
      [{ ...marked, title: 'English Audio Description' }, plain],
      ['description', 'main'],
    ],
  ])('%s', (_, streams, roles) => {
    expect(rolesOf(...streams)).toEqual(roles);
  });
});
