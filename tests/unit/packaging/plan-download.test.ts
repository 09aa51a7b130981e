import { describe, expect, it } from 'vitest';
import { planAudios, planDownload, planPublishedDownload } from '@/lib/packaging/plan-tracks';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/support/sample-plan';
import { sampleAudio, sampleVideo } from '@/tests/support/sample-probe';

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
      'keeps what only the stream had to encode',
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
      'has sound only where there is no picture',
      [undefined, [mp3]],
      [{ kind: 'audio', sourceIndex: 2, from: { source: 2 } }],
    ],
  ])('%s', (_, [best, audios], expected) => {
    expect(planDownload(best, audios)).toEqual(expected);
  });
});

describe('the next download of a published version', () => {
  const video = (name: string, height: number) => ({ kind: 'video' as const, name, height, language: 'und' });
  const audio = (name: string) => ({ kind: 'audio' as const, name, height: 0, language: name.slice(6, 8) });
  const pictures = [video('video-480p', 480), video('video-1080p', 1080), video('video-720p', 720)];
  const track = (name: string) => {
    return { kind: 'audio', sourceIndex: null, from: { track: name }, language: name.slice(6, 8) };
  };

  it("has the source's own picture, and the sound of the tracks", () => {
    const tracks = [...pictures, audio('audio-en'), audio('audio-fr')];
    expect(planPublishedDownload(sampleVideo({ index: 2 }), tracks)).toEqual([
      { kind: 'video', sourceIndex: 2, from: { source: 2 } },
      track('audio-en'),
      track('audio-fr'),
    ]);
  });

  it('has the highest track where MP4 cannot carry the picture', () => {
    expect(planPublishedDownload(sampleVideo({ codec: 'vp8' }), pictures)).toEqual([
      { kind: 'video', sourceIndex: 0, from: { track: 'video-1080p' } },
    ]);
  });

  it('has no 5.1 beside its stereo', () => {
    const tracks = ['audio-en', 'audio-en-6ch', 'audio-en-2', 'audio-en-6ch-2'].map(audio);
    expect(planPublishedDownload(undefined, tracks)).toEqual([track('audio-en'), track('audio-en-2')]);
  });

  // A copied AAC 5.1 has no stereo beside it: after new keys, the download has lost that sound.
  it('has 5.1 that has no stereo beside it', () => {
    expect(planPublishedDownload(undefined, [audio('audio-en-6ch')])).toEqual([track('audio-en-6ch')]);
  });

  it('has sound only where there is no picture', () => {
    expect(planPublishedDownload(undefined, [audio('audio-en')])).toEqual([track('audio-en')]);
  });
});
