import { describe, expect, it } from 'vitest';
import type { AudioStream, VideoStream } from '@/lib/media/source-probe';
import { canCopyAudio, canCopyVideo, couldCopyVideo, fitsMp4 } from '@/lib/packaging/can-copy';
import { sampleAudio, sampleVideo } from '@/tests/support/sample-probe';

describe('a video stream, by what it is', () => {
  it.each<[boolean, string, Partial<VideoStream>]>([
    [true, 'H.264 High', {}],
    [true, 'H.264 Main', { profile: 'Main' }],
    [true, 'H.264 Baseline', { profile: 'Baseline' }],
    [true, 'H.264 Constrained Baseline', { profile: 'Constrained Baseline' }],
    [true, 'full range colours', { pixelFormat: 'yuvj420p' }],
    [true, 'pixels that are not square', { pixelAspect: 64 / 45 }],
    [false, 'H.264 High 10', { profile: 'High 10', pixelFormat: 'yuv420p10le' }],
    [false, '10 bit under another profile', { pixelFormat: 'yuv420p10le' }],
    [false, 'H.264 High 4:2:2', { profile: 'High 4:2:2', pixelFormat: 'yuv422p' }],
    [false, '4:4:4', { pixelFormat: 'yuv444p' }],
    [false, 'a profile that is not known', { profile: '' }],
    [false, 'HEVC', { codec: 'hevc', profile: 'Main' }],
    [false, 'VP8', { codec: 'vp8', profile: '' }],
    [false, 'turned', { rotationDegrees: 90 }],
    [false, 'upside down', { rotationDegrees: 180 }],
    [false, 'interlaced', { isInterlaced: true }],
  ])('%s: %s', (expected, _, changes) => {
    expect(couldCopyVideo(sampleVideo(changes))).toBe(expected);
  });
});

describe('a video stream, by its keyframes', () => {
  it.each<{ expected: boolean; name: string; keyframes: number[]; durationSeconds: number }>([
    { expected: true, name: 'every 2 s', keyframes: [0, 2, 4, 6, 8], durationSeconds: 10 },
    { expected: true, name: '250 frames of a film apart', keyframes: [0, 10.427], durationSeconds: 20.854 },
    { expected: true, name: 'exactly 10.5 s apart', keyframes: [0, 10.5, 21], durationSeconds: 30 },
    {
      expected: true,
      name: 'exactly 10.5 s apart, but for what decimals lose',
      keyframes: [1.48, 11.98, 22.48, 32.98].map((time) => time - 1.4),
      durationSeconds: 40,
    },
    { expected: true, name: 'one, in a short video', keyframes: [0], durationSeconds: 10 },
    { expected: true, name: 'before zero', keyframes: [-0.08, 2], durationSeconds: 4 },
    { expected: true, name: 'duration not known', keyframes: [0, 5, 10], durationSeconds: 0 },
    { expected: false, name: 'none', keyframes: [], durationSeconds: 10 },
    { expected: false, name: 'a gap of more than 10.5 s', keyframes: [0, 2, 12.6], durationSeconds: 14 },
    { expected: false, name: 'none in the last 10.5 s', keyframes: [0, 5], durationSeconds: 15.6 },
    { expected: false, name: 'one, in a long video', keyframes: [0], durationSeconds: 10.6 },
  ])('$expected: $name', ({ expected, keyframes, durationSeconds }) => {
    expect(canCopyVideo(sampleVideo(), keyframes, durationSeconds)).toBe(expected);
  });

  it('does not help what cannot be copied anyway', () => {
    expect(canCopyVideo(sampleVideo({ codec: 'vp8' }), [0, 2], 4)).toBe(false);
  });
});

describe('an audio stream', () => {
  it.each<[boolean, string, Partial<AudioStream>]>([
    [true, 'AAC-LC stereo', {}],
    [true, 'AAC-LC mono', { channels: 1 }],
    [true, 'AAC-LC 7.1', { channels: 8 }],
    [false, 'AAC-LC with 16 channels', { channels: 16 }],
    [false, 'HE-AAC', { profile: 'HE-AAC' }],
    [false, 'HE-AACv2', { profile: 'HE-AACv2' }],
    [false, 'AAC of unknown profile', { profile: '' }],
    [false, 'MP3', { codec: 'mp3', profile: '' }],
    [false, 'Opus', { codec: 'opus', profile: '' }],
    [false, 'AC-3', { codec: 'ac3', profile: '' }],
  ])('%s: %s', (expected, _, changes) => {
    expect(canCopyAudio(sampleAudio(changes))).toBe(expected);
  });
});

describe('the download', () => {
  it.each(['h264', 'hevc', 'vp9', 'mpeg4', 'aac', 'ac3', 'eac3', 'mp3', 'opus', 'flac'])(
    'carries %s',
    (codec) => {
      expect(fitsMp4({ codec })).toBe(true);
    },
  );

  it('does not carry what has no times of display', () => {
    expect(fitsMp4({ codec: 'h264', isUntimed: true })).toBe(false);
  });

  it.each([
    'av1',
    'alac',
    'vp8',
    'theora',
    'prores',
    'wmv3',
    'ffv1',
    'vorbis',
    'wmav2',
    'pcm_s16le',
    'truehd',
    'unknown',
    '',
  ])('does not carry %s', (codec) => {
    expect(fitsMp4({ codec })).toBe(false);
  });
});
