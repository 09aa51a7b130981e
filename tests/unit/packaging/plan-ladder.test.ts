import { describe, expect, it } from 'vitest';
import type { VideoStream } from '@/lib/media/source-probe';
import { copiedRendition, encodedRendition, shownSize } from '@/lib/packaging/plan-ladder';
import { sampleVideo } from '@/tests/support/sample-probe';

const size = (width: number, height: number) => ({ width, height });

describe('the size that a viewer sees', () => {
  it.each<[string, Partial<VideoStream>, { width: number; height: number }]>([
    ['square pixels', {}, size(1920, 1080)],
    ['turned by 90°', { rotationDegrees: 90 }, size(1080, 1920)],
    ['turned by 180°', { rotationDegrees: 180 }, size(1920, 1080)],
    ['turned by 270°', { rotationDegrees: 270 }, size(1080, 1920)],
    ['HDV, 4:3 pixels', { ...size(1440, 1080), pixelAspect: 4 / 3 }, size(1920, 1080)],
    ['PAL, wide pixels', { ...size(720, 576), pixelAspect: 64 / 45 }, size(1024, 576)],
    ['NTSC, narrow pixels', { ...size(720, 480), pixelAspect: 8 / 9 }, size(640, 480)],
    [
      'wide pixels, turned',
      { ...size(720, 576), pixelAspect: 64 / 45, rotationDegrees: 90 },
      size(576, 1024),
    ],
    ['an odd width', { ...size(853, 480) }, size(854, 480)],
  ])('%s', (_, changes, expected) => {
    expect(shownSize(sampleVideo(changes))).toEqual(expected);
  });
});

describe('the copied rendition', () => {
  it('is the source, named after its height', () => {
    const stream = sampleVideo({ width: 1280, height: 720, framesPerSecond: 50 });
    expect(copiedRendition(stream)).toEqual({
      name: 'video-720p',
      stream,
      mode: 'copy',
      width: 1280,
      height: 720,
      framesPerSecond: 50,
      rate: null,
    });
  });
});

describe('the encoded rendition', () => {
  // The source's size as coded, and the rung that it gets.
  it.each<[string, Partial<VideoStream>, object]>([
    [
      '4K',
      size(3840, 2160),
      { ...size(1920, 1080), name: 'video-1080p', rate: { crf: 21, maxBps: 6_500_000 } },
    ],
    ['1080p', {}, { ...size(1920, 1080), rate: { crf: 21, maxBps: 6_500_000 } }],
    ['720p', size(1280, 720), { ...size(1280, 720), rate: { crf: 22, maxBps: 3_500_000 } }],
    [
      '576p, wide pixels',
      { ...size(720, 576), pixelAspect: 64 / 45 },
      { ...size(854, 480), rate: { crf: 23, maxBps: 1_600_000 } },
    ],
    ['480p', size(854, 480), { ...size(854, 480), rate: { crf: 23, maxBps: 1_600_000 } }],
    ['360p', size(640, 360), { ...size(640, 360), rate: { crf: 24, maxBps: 900_000 } }],
    ['240p', size(426, 240), { ...size(426, 240), rate: { crf: 25, maxBps: 450_000 } }],
    [
      'below the ladder',
      size(160, 120),
      { ...size(160, 120), name: 'video-120p', rate: { crf: 25, maxBps: 450_000 } },
    ],
    ['odd and tiny', size(33, 17), { ...size(34, 18) }],
    [
      'a phone held upright',
      { rotationDegrees: 90 },
      { ...size(1080, 1920), rate: { crf: 21, maxBps: 6_500_000 } },
    ],
    ['4K held upright', { ...size(3840, 2160), rotationDegrees: 270 }, size(1080, 1920)],
    ['a square', size(1500, 1500), { ...size(1080, 1080) }],
  ])('of %s', (_, changes, expected) => {
    expect(encodedRendition(sampleVideo(changes))).toMatchObject({ mode: 'encode', ...expected });
  });

  it.each([
    [23.976, 23.976],
    [25, 25],
    [60, 60],
    [100, 50],
    [119.88, 59.94],
    [120, 60],
  ])('of %f frames a second has %f', (framesPerSecond, expected) => {
    expect(encodedRendition(sampleVideo({ framesPerSecond })).framesPerSecond).toBe(expected);
  });

  // 240: a phone in slow motion. 1000: what FFmpeg says of WebM from a browser's MediaRecorder, whose frames have times in
  // milliseconds and no rate. The `fps` filter would then write each picture many times over.
  it.fails.each([240, 480, 1000, 90_000])(
    'never has more than 60 frames a second, not of %d either',
    (framesPerSecond) => {
      expect(encodedRendition(sampleVideo({ framesPerSecond })).framesPerSecond).toBeLessThanOrEqual(60);
    },
  );
});
