import { describe, expect, it } from 'vitest';
import type { AudioStream } from '@/lib/media/source-probe';
import { planAudios, planDownload, planPublishedDownload } from '@/lib/packaging/plan/plan-tracks';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/harness/sample-plan';
import { sampleAudio, sampleVideo } from '@/tests/harness/sample-probe';

describe('the download', () => {
  const copied = sampleRendition({ name: 'video-source' });
  const vp8 = sampleEncoded({ stream: sampleVideo({ codec: 'vp8' }) });
  const hevc = sampleEncoded({ stream: sampleVideo({ codec: 'hevc', index: 3 }) });
  const mp3 = samplePlannedAudio({ mode: 'encode', stream: sampleAudio({ codec: 'mp3', index: 2 }) });
  const vorbis = samplePlannedAudio({ name: 'audio-de', stream: sampleAudio({ codec: 'vorbis', index: 4 }) });
  const dts = sampleAudio({ codec: 'dts', profile: '', channels: 6 });

  it.each<[string, Parameters<typeof planDownload>, object[]]>([
    [
      "has the source's own streams",
      [copied, [samplePlannedAudio()]],
      [
        { kind: 'video', sourceIndex: 0, from: { source: 0 } },
        { kind: 'audio', sourceIndex: 1, from: { source: 1 } },
      ],
    ],
    [
      'copies streams that were encoded for streaming only',
      [hevc, [mp3]],
      [
        { kind: 'video', sourceIndex: 3, from: { source: 3 } },
        { kind: 'audio', sourceIndex: 2, from: { source: 2 } },
      ],
    ],
    [
      'has the tracks where MP4 cannot carry the streams',
      [vp8, [vorbis]],
      [
        { kind: 'video', sourceIndex: 0, from: { track: 'video-720p' } },
        { kind: 'audio', sourceIndex: 4, from: { track: 'audio-de' } },
      ],
    ],
    [
      'has a stream once that became stereo and 5.1',
      [undefined, planAudios([dts])],
      [{ kind: 'audio', sourceIndex: 1, from: { track: 'audio-en' } }],
    ],
    [
      'has only audio where there is no video',
      [undefined, [mp3]],
      [{ kind: 'audio', sourceIndex: 2, from: { source: 2 } }],
    ],
  ])('%s', (_, [best, audios], expected) => {
    expect(planDownload(best, audios)).toEqual(expected);
  });
});

describe('the next download of a published version', () => {
  const of = (kind: 'video' | 'audio', name: string, height: number, isCopied: boolean) => {
    return { kind, name, height, isCopied, language: kind === 'audio' ? name.slice(6, 8) : 'und' };
  };
  const videos = [480, 1080, 720].map((height) => of('video', `video-${height}p`, height, false));
  const copied = (name: string) => of('audio', name, 0, true);
  const encoded = (name: string) => of('audio', name, 0, false);
  const own = (sourceIndex: number) => ({ kind: 'audio', sourceIndex, from: { source: sourceIndex } });
  const track = (name: string) => {
    return { kind: 'audio', sourceIndex: null, from: { track: name }, language: name.slice(6, 8) };
  };
  const aac = sampleAudio();
  const aacSurround = sampleAudio({ channels: 6 });
  const commentary = sampleAudio({ index: 2, role: 'commentary' });
  const ac3 = sampleAudio({ codec: 'ac3', profile: '', channels: 6 });
  const dts = sampleAudio({ codec: 'dts', profile: '', channels: 6 });

  it("has the source's own video and audio", () => {
    const tracks = [...videos, copied('audio-en')];
    expect(planPublishedDownload(sampleVideo({ index: 2 }), [aac], tracks)).toEqual([
      { kind: 'video', sourceIndex: 2, from: { source: 2 } },
      own(1),
    ]);
  });

  it('has the highest track where MP4 cannot carry the video', () => {
    expect(planPublishedDownload(sampleVideo({ codec: 'vp8' }), [], videos)).toEqual([
      { kind: 'video', sourceIndex: 0, from: { track: 'video-1080p' } },
    ]);
  });

  // By names alone, the main audio would pass for the 5.1 of its commentary, and would be dropped.
  it.each([
    ['main audio in 5.1 beside a stereo commentary', [aacSurround, commentary], ['audio-en-6ch', 'audio-en']],
    [
      'main audio in stereo beside a 5.1 commentary',
      [aac, { ...commentary, channels: 6 }],
      ['audio-en', 'audio-en-6ch'],
    ],
  ])('has %s', (_, audios, names) => {
    expect(planPublishedDownload(undefined, audios, names.map(copied))).toEqual([own(1), own(2)]);
  });

  it('has the 5.1 that MP4 can carry, not the stereo made of it', () => {
    expect(planPublishedDownload(undefined, [ac3], ['audio-en', 'audio-en-6ch'].map(encoded))).toEqual([
      own(1),
    ]);
  });

  it('has the track of a stream that MP4 cannot carry once', () => {
    expect(planPublishedDownload(undefined, [dts], ['audio-en', 'audio-en-6ch'].map(encoded))).toEqual([
      { kind: 'audio', sourceIndex: 1, from: { track: 'audio-en' } },
    ]);
  });

  // The numbers in names depend on what was copied before.
  it.each<[string, AudioStream[], ReturnType<typeof of>[], object[]]>([
    [
      'an added track whose number a stream would have if none had been copied',
      [aacSurround, commentary, { ...ac3, index: 3 }],
      [
        ...['audio-en-6ch', 'audio-en'].map(copied),
        ...['audio-en-2', 'audio-en-6ch-2', 'audio-en-3', 'audio-en-6ch-3'].map(encoded),
      ],
      [own(1), own(2), own(3), track('audio-en-3')],
    ],
    [
      'streams whose copies were refused, and an added track',
      [aacSurround, commentary],
      [...['audio-en', 'audio-en-6ch', 'audio-en-2'].map(encoded), copied('audio-en-3')],
      [own(1), own(2), track('audio-en-3')],
    ],
    [
      'one stream of two whose copy was refused',
      [aac, commentary],
      [encoded('audio-en'), copied('audio-en-2'), encoded('audio-de')],
      [own(1), own(2), track('audio-de')],
    ],
  ])('has %s', (_, audios, tracks, expected) => {
    expect(planPublishedDownload(undefined, audios, tracks)).toEqual(expected);
  });

  it('has no stream without a track', () => {
    expect(planPublishedDownload(undefined, [aac, commentary], [copied('audio-en')])).toEqual([own(1)]);
  });

  it.each([
    ['stereo', [copied('audio-de')], ['audio-de']],
    ['5.1 that was copied', [copied('audio-de-6ch')], ['audio-de-6ch']],
    ['5.1 that was encoded, as stereo', [encoded('audio-de'), encoded('audio-de-6ch')], ['audio-de']],
    ['two of one language', [copied('audio-de-6ch'), copied('audio-de')], ['audio-de-6ch', 'audio-de']],
    [
      'encoded 5.1 whose numbers differ',
      [encoded('audio-en-2'), encoded('audio-en-6ch'), encoded('audio-en-3'), encoded('audio-en-6ch-2')],
      ['audio-en-2', 'audio-en-3'],
    ],
  ])('has added audio once: %s', (_, added, names) => {
    expect(planPublishedDownload(undefined, [aac], [copied('audio-en'), ...added])).toEqual([
      own(1),
      ...names.map(track),
    ]);
  });
});
