import { describe, expect, it } from 'vitest';
import type { TextStream } from '@/lib/media/source-probe';
import { planCaptions, planTextTracks, textLabel } from '@/lib/packaging/plan/plan-text-tracks';
import { sampleAudio, sampleProbe } from '@/tests/harness/sample-probe';
import { sampleTextStream as stream } from '@/tests/harness/sample-text';

const only = (changes: Partial<TextStream>) => planTextTracks([stream(changes)]).carried[0];

it('plans nothing for a source without text', () => {
  expect(planTextTracks([])).toEqual({ carried: [], notCarried: [] });
});

it('plans a track for a stream', () => {
  expect(only({})).toEqual({
    file: 'text-en.vtt',
    language: 'en',
    label: 'English',
    role: 'subtitle',
    stream: stream(),
  });
});

it.each(['subrip', 'ass', 'mov_text', 'webvtt', 'text'])('carries %s', (codec) => {
  expect(planTextTracks([stream({ codec })]).carried).toHaveLength(1);
});

it('gives streams of one language files and labels of their own', () => {
  const streams = [
    stream(),
    stream({ index: 3 }),
    stream({ index: 4, language: 'pt-BR' }),
    stream({ index: 5 }),
  ];
  expect(planTextTracks(streams).carried.map(({ file, label }) => [file, label])).toEqual([
    ['text-en.vtt', 'English'],
    ['text-en-2.vtt', 'English 2'],
    ['text-pt-BR.vtt', 'Brazilian Portuguese'],
    ['text-en-3.vtt', 'English 3'],
  ]);
});

describe('the role of a stream', () => {
  it.each<[Partial<TextStream>, string, string]>([
    [{ role: 'caption' }, 'caption', 'English (captions)'],
    [{ role: 'forced-subtitle' }, 'forced-subtitle', 'English (forced)'],
    [{ role: 'caption', title: 'English (SDH)' }, 'caption', 'English (SDH)'],
    [{ title: 'English SDH' }, 'caption', 'English SDH'],
    [{ title: 'English CC' }, 'caption', 'English CC'],
    [{ title: 'For the hard of hearing' }, 'caption', 'For the hard of hearing'],
    [{ title: 'Forced' }, 'forced-subtitle', 'Forced'],
    [{ title: 'Reinforced' }, 'subtitle', 'Reinforced'],
    [{ title: 'Accent' }, 'subtitle', 'Accent'],
  ])('%j is %s, shown as %s', (changes, role, label) => {
    expect(only(changes)).toMatchObject({ role, label });
  });

  it('is subtitle for probes that did not record it', () => {
    const { role: _, ...old } = stream();
    expect(planTextTracks([old as TextStream]).carried[0]?.role).toBe('subtitle');
  });
});

it.each([
  [null, 'und', 'subtitle', 'Subtitles'],
  [null, 'und', 'caption', 'Subtitles (captions)'],
  [null, 'zh-Hant', 'subtitle', 'Traditional Chinese'],
  ['Signs & songs', 'ja', 'subtitle', 'Signs & songs'],
] as const)('titled %j in %s, a %s is shown as %s', (title, language, role, label) => {
  expect(textLabel(title, language, role)).toBe(label);
});

describe('what is not carried', () => {
  it.each([
    ['hdmv_pgs_subtitle', 'de', 'German image subtitles (PGS) are not carried: they are images, not text.'],
    ['dvd_subtitle', 'und', 'Image subtitles (VobSub) are not carried: they are images, not text.'],
    ['dvb_subtitle', 'fr', 'French image subtitles (DVB) are not carried: they are images, not text.'],
    ['xsub', 'en', 'English image subtitles (XSUB) are not carried: they are images, not text.'],
    [
      'dvb_teletext',
      'sv',
      'Swedish subtitles (teletext) are not carried: their format cannot be converted to text.',
    ],
    ['unknown', 'und', 'Subtitles (unknown) are not carried: their format cannot be converted to text.'],
  ])('%s in %s is reported', (codec, language, reason) => {
    expect(planTextTracks([stream({ codec, language })])).toEqual({
      carried: [],
      notCarried: [{ codec, language, reason }],
    });
  });
});

it('closed captions have the language of the main audio, unless their track has its own', () => {
  const channel = (name: string, language = 'und') => ({ name, language });
  const probe = sampleProbe({ audios: [sampleAudio({ language: 'fr' })] });
  const made = planCaptions(probe, [
    channel('CC1'),
    channel('CC3'),
    channel('CC1', 'de'),
    channel('CC1', 'de'),
  ]);
  expect(made.map(({ file, label, role }) => [file, label, role])).toEqual([
    ['text-fr-cc1.vtt', 'French (CC)', 'caption'],
    ['text-und-cc3.vtt', 'Captions 2', 'caption'],
    ['text-de-cc1.vtt', 'German (CC)', 'caption'],
    ['text-de-cc1-2.vtt', 'German (CC)', 'caption'],
  ]);
  expect(planCaptions(sampleProbe({ audios: [] }), [channel('cc708_1')])).toMatchObject([
    { file: 'text-und-cc708-1.vtt', label: 'Captions' },
  ]);
});
