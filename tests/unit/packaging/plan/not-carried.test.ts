import { describe, expect, it } from 'vitest';
import type { LeftOut } from '@/lib/media/source-probe';
import { damage, notCarried } from '@/lib/packaging/plan/not-carried';
import { sampleAudio, sampleProbe, sampleVideo } from '@/tests/harness/sample-probe';

const left = (changes: Partial<LeftOut>): LeftOut => ({
  kind: 'audio',
  why: 'no-decoder',
  codec: 'apac',
  language: 'und',
  title: null,
  ...changes,
});

it.each<[Partial<LeftOut>, string]>([
  [{}, 'The audio (apac) is not carried: its codec cannot be decoded here.'],
  [
    { language: 'de', title: 'Kino' },
    'The German audio "Kino" (apac) is not carried: its codec cannot be decoded here.',
  ],
  [
    { kind: 'cover', codec: 'CompuServe GIF' },
    'The cover image (CompuServe GIF) is not carried: its codec cannot be decoded here.',
  ],
  [
    { kind: 'cover', codec: 'PNG', why: 'one-more' },
    'The cover image (PNG) is not carried: it is not part of the video.',
  ],
  [
    { kind: 'video', codec: 'H.264', why: 'one-more' },
    'The video stream (H.264) is not carried: a package has one video.',
  ],
  [{ codec: 'AAC', why: 'unreadable' }, 'The audio (AAC) is not carried: none of it could be decoded.'],
  [
    { kind: 'data', codec: 'klv', why: 'kind' },
    'The data stream (klv) is not carried: it is neither video, audio nor text.',
  ],
  [
    { kind: 'chapters', codec: 'bin_data', why: 'kind' },
    'Chapter titles are not carried: packages have no chapters.',
  ],
  [
    { kind: 'program', title: 'Two', codec: '1 video, 2 audio', why: 'one-more' },
    'The program "Two" (1 video, 2 audio) is not carried: a package has one program.',
  ],
  [{ kind: 'attachment', codec: 'ttf', why: 'kind' }, 'An attached file (ttf) is not carried.'],
])('%j', (changes, sentence) => {
  expect(notCarried(sampleProbe({ leftOut: [left(changes)] }))).toEqual([sentence]);
});

it('says each sentence once, and counts attached files', () => {
  const fonts = ['ttf', 'otf', 'ttf'].map((codec) => left({ kind: 'attachment', codec, why: 'kind' }));
  const data = left({ kind: 'data', codec: 'klv', why: 'kind' });
  expect(notCarried(sampleProbe({ leftOut: [data, ...fonts, data] }))).toEqual([
    'The data stream (klv) is not carried: it is neither video, audio nor text.',
    '3 attached files (ttf, otf) are not carried.',
  ]);
});

it('says that colors cannot be shown right', () => {
  expect(notCarried(sampleProbe({ videos: [sampleVideo({ dolbyVisionOnly: 5 })] }))).toEqual([
    'The colors are wrong: the video is Dolby Vision (profile 5) without a compatible base layer.',
  ]);
});

it('is empty for probes that did not record it', () => {
  expect(notCarried(sampleProbe())).toEqual([]);
});

it('names the videos other than the main one, and empty streams', () => {
  const [video, other] = [
    sampleVideo({ codecLabel: 'H.264' }),
    sampleVideo({ index: 2, codecLabel: 'HEVC' }),
  ];
  const audios = [sampleAudio({ isEmpty: true, codecLabel: 'AAC' })];
  expect(notCarried(sampleProbe({ videos: [video, other], audios }))).toEqual([
    'The video stream (HEVC) is not carried: a package has one video.',
    'The English audio (AAC) is not carried: none of it could be decoded.',
  ]);
  expect(notCarried(sampleProbe({ videos: [{ ...video, isEmpty: true }, other] }))).toEqual([
    'The video stream (H.264) is not carried: none of it could be decoded.',
  ]);
});

describe('a damaged video', () => {
  const video = sampleVideo({ codecLabel: 'H.264' });
  const sentence = 'The video stream (H.264) is damaged in places, which may look wrong.';

  it.each<[string, number[], string[]]>([
    ['nothing is damaged', [], []],
    ['the video is damaged', [0], [sentence]],
    ['only audio is damaged', [1], []],
    ['video and audio are damaged', [0, 1], [sentence]],
  ])('%s', (_, damaged, expected) => {
    expect(damage(sampleProbe({ videos: [video] }), new Set(damaged))).toEqual(expected);
  });

  it('names the damaged one of two videos', () => {
    const other = sampleVideo({ index: 2, codecLabel: 'VP9' });
    expect(damage(sampleProbe({ videos: [video, other] }), new Set([2]))).toEqual([
      'The video stream (VP9) is damaged in places, which may look wrong.',
    ]);
  });

  it('names the codec of probes that did not record its label', () => {
    expect(damage(sampleProbe(), new Set([0]))).toEqual([
      'The video stream (h264) is damaged in places, which may look wrong.',
    ]);
  });
});
