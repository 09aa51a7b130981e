import { describe, expect, it } from 'vitest';
import type { PlannedAudio } from '@/lib/media/package-plan';
import type { AudioStream } from '@/lib/media/source-probe';
import { planAudios, planDownload } from '@/lib/packaging/plan-tracks';
import { samplePlannedAudio, sampleRendition } from '@/tests/support/sample-plan';
import { sampleAudio, sampleVideo } from '@/tests/support/sample-probe';

describe('an audio track', () => {
  it.each<[string, Partial<AudioStream>, Partial<PlannedAudio>]>([
    ['AAC-LC is copied', {}, { mode: 'copy', channels: 2, bitrateBps: 128_000, name: 'audio-en' }],
    ['AAC-LC 5.1 is copied with its channels', { channels: 6 }, { mode: 'copy', channels: 6 }],
    [
      'AAC-LC without a rate counts as 160 kbit/s',
      { bitrateBps: null },
      { mode: 'copy', bitrateBps: 160_000 },
    ],
    [
      'AC-3 5.1 becomes stereo',
      { codec: 'ac3', channels: 6 },
      { mode: 'encode', channels: 2, bitrateBps: 160_000 },
    ],
    ['Opus mono becomes stereo', { codec: 'opus', channels: 1 }, { mode: 'encode', channels: 2 }],
    ['HE-AAC is encoded', { profile: 'HE-AAC' }, { mode: 'encode', channels: 2 }],
    ['its title is its label', { title: 'Commentary' }, { label: 'Commentary' }],
    ['its language is in its name', { language: 'zh-Hant' }, { name: 'audio-zh-Hant', language: 'zh-Hant' }],
  ])('%s', (_, changes, expected) => {
    expect(planAudios([sampleAudio(changes)])).toMatchObject([expected]);
  });

  it('keeps the stream that it is made of', () => {
    const stream = sampleAudio({ index: 5 });
    expect(planAudios([stream])[0]?.stream).toBe(stream);
  });

  it('has a name of its own, in the order of the streams', () => {
    const streams = ['en', 'en', 'und', 'en', 'und'].map((language, index) =>
      sampleAudio({ index, language }),
    );
    expect(planAudios(streams).map((audio) => audio.name)).toEqual([
      'audio-en',
      'audio-en-2',
      'audio-und',
      'audio-en-3',
      'audio-und-2',
    ]);
  });

  it('is not made where there is none', () => {
    expect(planAudios([])).toEqual([]);
  });
});

describe('the download', () => {
  const copied = sampleRendition();
  const vp8 = sampleRendition({ name: 'video-480p', mode: 'encode', stream: sampleVideo({ codec: 'vp8' }) });
  const hevc = sampleRendition({ mode: 'encode', stream: sampleVideo({ codec: 'hevc', index: 3 }) });
  const mp3 = samplePlannedAudio({ mode: 'encode', stream: sampleAudio({ codec: 'mp3', index: 2 }) });
  const vorbis = samplePlannedAudio({
    name: 'audio-de',
    language: 'de',
    stream: sampleAudio({ codec: 'vorbis' }),
  });

  it.each<[string, Parameters<typeof planDownload>, object[]]>([
    [
      "has the source's own streams",
      [[copied], [samplePlannedAudio()]],
      [
        { kind: 'video', language: 'und', from: { source: 0 } },
        { kind: 'audio', language: 'en', from: { source: 1 } },
      ],
    ],
    [
      'keeps what only the stream had to encode',
      [[hevc], [mp3]],
      [{ from: { source: 3 } }, { from: { source: 2 } }],
    ],
    [
      'has the tracks where MP4 cannot carry the streams',
      [[vp8], [vorbis]],
      [{ from: { track: 'video-480p' } }, { language: 'de', from: { track: 'audio-de' } }],
    ],
    ['has the highest rendition only', [[copied, vp8], []], [{ kind: 'video', from: { source: 0 } }]],
    ['has sound only where there is no picture', [[], [mp3]], [{ kind: 'audio' }]],
  ])('%s', (_, [renditions, audios], expected) => {
    const streams = planDownload(renditions, audios);
    expect(streams).toMatchObject(expected);
    expect(streams).toHaveLength(expected.length);
  });
});
