import { describe, expect, it } from 'vitest';
import type { VideoStream } from '@/lib/media/source-probe';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { copiedRendition, encodedRenditions, shownSize } from '@/lib/packaging/plan/plan-ladder';
import { sampleVideo } from '@/tests/harness/sample-probe';

const size = (width: number, height: number) => ({ width, height });

/** A ladder as `width×height cap in kbit/s`, one a rung. */
const rungsOf = (changes: Partial<VideoStream>, ladder = defaultLadder) =>
  encodedRenditions(sampleVideo(changes), ladder).map(
    ({ width, height, rate }) => `${width}×${height} ${(rate?.maxBps ?? 0) / 1000}`,
  );

describe('the displayed size', () => {
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
    ['an odd size loses a line', size(853, 481), size(852, 480)],
    ['a pixel', size(1, 1), size(2, 2)],
  ])('%s', (_, changes, expected) => {
    expect(shownSize(sampleVideo(changes))).toEqual(expected);
  });
});

it('copies the source as it is', () => {
  const stream = sampleVideo({ width: 1280, height: 720, framesPerSecond: 50 });
  expect(copiedRendition(stream)).toEqual({
    name: 'video-source',
    stream,
    mode: 'copy',
    width: 1280,
    height: 720,
    framesPerSecond: 50,
    rate: null,
  });
});

const below360 = ['640×360 850', '426×240 419'];
const below720 = ['1280×720 3200', '854×480 1500', ...below360];
const below1440 = ['2560×1440 10000', '1920×1080 6000', ...below720];

describe('the rungs', () => {
  it.each<[string, Partial<VideoStream>, string[]]>([
    ['8K', size(7680, 4320), ['3840×2160 18000', ...below1440]],
    ['2160p', size(3840, 2160), ['3840×2160 18000', ...below1440]],
    ['1440p', size(2560, 1440), below1440],
    ['1080p', {}, below1440.slice(1)],
    ['720p', size(1280, 720), below720],
    ['360p', size(640, 360), below360],
    ['240p', size(426, 240), below360.slice(1)],
    ['tiny', size(160, 120), ['160×120 79']],
    ['odd and tiny', size(33, 17), ['32×16 2']],
    [
      'a phone video in portrait',
      { rotationDegrees: 90 },
      ['1080×1920 6000', '720×1280 3200', '480×854 1500', '360×640 850', '240×426 419'],
    ],
    [
      '21:9',
      size(2560, 1080),
      ['2560×1080 7500', '1920×810 4500', '1280×540 2400', '854×360 1126', '640×270 638', '426×180 315'],
    ],
    [
      '4:3',
      size(1440, 1080),
      ['1440×1080 4500', '960×720 2400', '640×480 1125', '480×360 638', '320×240 315'],
    ],
    ['a square', size(720, 720), ['720×720 1800', '480×480 844', '360×360 478', '240×240 236']],
    ['853×481', size(853, 481), ['852×480 1498', '640×360 850', '426×240 419']],
    // 720p would take more than the source's own size: it is left out.
    ['a little above 720p', size(1300, 732), ['1300×732 2753', '852×480 1498', '640×360 850', '426×240 419']],
  ])('of %s', (_, changes, expected) => {
    expect(rungsOf(changes)).toEqual(expected);
  });

  // A box of 480 lines is 853⅓ wide: the most common 480p source, 854 wide, must not count as a larger one
  // that gets the quality of 720p.
  it('of 480p', () => {
    expect(rungsOf(size(854, 480))).toEqual(below720.slice(1));
  });

  it('are named after their lines, and keep the quality of the ladder', () => {
    expect(
      encodedRenditions(sampleVideo({ rotationDegrees: 90 }), defaultLadder).map(({ name, mode, rate }) => [
        name,
        mode,
        rate?.crf,
      ]),
    ).toEqual([
      ['video-1080p', 'encode', 21],
      ['video-720p', 'encode', 22],
      ['video-480p', 'encode', 23],
      ['video-360p', 'encode', 24],
      ['video-240p', 'encode', 25],
    ]);
  });

  // biome-ignore format: a table
  it.each([
    [7680, 4320], [4096, 2160], [3840, 1600], [3440, 1440], [1998, 1080], [1920, 800], [1917, 1079], [1440, 1080],
    [1366, 768], [1080, 1920], [1080, 2340], [1001, 999], [853, 481], [720, 576], [608, 1080], [512, 342], [426, 240],
  ])('of %d×%d are even, in its shape, and never larger', (width, height) => {
    const stream = sampleVideo({ width, height });
    const rungs = encodedRenditions(stream, defaultLadder);
    expect(rungs.length).toBeGreaterThan(0);
    for (const rung of rungs) {
      expect([rung.width % 2, rung.height % 2]).toEqual([0, 0]);
      expect(rung.width).toBeLessThanOrEqual(width);
      expect(rung.height).toBeLessThanOrEqual(height);
      expect(Math.abs((rung.width * height) / (rung.height * width) - 1)).toBeLessThan(0.01);
    }
    const caps = rungs.map(({ rate }) => rate?.maxBps ?? 0);
    expect(caps.every((cap, i) => i === 0 || cap <= (caps[i - 1] ?? 0) * 0.85)).toBe(true);
    expect(new Set(rungs.map(({ name }) => name)).size).toBe(rungs.length);
  });
});

describe('frames per second', () => {
  it.each([
    [23.976, 23.976, 6_000_000],
    [24, 24, 6_000_000],
    [30, 30, 6_000_000],
    [50, 50, 8_400_000],
    [60, 60, 8_400_000],
    [60.5, 60.5, 8_400_000],
    [119.88, 59.94, 8_400_000],
    [120, 60, 8_400_000],
    [240, 60, 8_400_000],
    [1000, 31.25, 6_000_000],
  ])('%f become %f, with a cap of %d', (framesPerSecond, expected, maxBps) => {
    const [top] = encodedRenditions(sampleVideo({ framesPerSecond }), defaultLadder);
    expect(top).toMatchObject({ framesPerSecond: expected, rate: { maxBps } });
  });

  it.each([[25], [30], [50]])('are at most %d where the ladder says so', (maxFramesPerSecond) => {
    const ladder = { ...defaultLadder, maxFramesPerSecond };
    for (const framesPerSecond of [24, 25, 30, 48, 60, 90_000]) {
      const [top] = encodedRenditions(sampleVideo({ framesPerSecond }), ladder);
      expect(top?.framesPerSecond).toBeLessThanOrEqual(maxFramesPerSecond * 1.01);
    }
  });
});

describe('a ladder of other rungs', () => {
  const rung = (height: number, maxBps: number) => ({ height, crf: 22, maxBps });
  const ladderOf = (...rungs: ReturnType<typeof rung>[]) => ({ ...defaultLadder, rungs });

  it.each<[string, number, string[]]>([
    ['just far enough apart', 3_400_000, ['1920×1080 4000', '1280×720 3400']],
    ['too close', 3_400_001 + 1000, ['1920×1080 4000']],
  ])('drops rungs that are close: %s', (_, maxBps, expected) => {
    expect(rungsOf({}, ladderOf(rung(1080, 4_000_000), rung(720, maxBps)))).toEqual(expected);
  });

  it('compares a rung with the last one that was kept', () => {
    const ladder = ladderOf(rung(1080, 4_000_000), rung(720, 3_600_000), rung(480, 3_300_000));
    expect(rungsOf({}, ladder)).toHaveLength(2);
  });

  // The lowest rung that holds the whole source gets the size of the source.
  it('uses its only rung for a smaller source', () => {
    expect(rungsOf(size(640, 360), ladderOf(rung(1080, 4_500_000)))).toEqual(['640×360 500']);
  });

  it('reaches no higher than its top rung', () => {
    expect(rungsOf(size(3840, 2160), ladderOf(rung(480, 1_500_000)))).toEqual(['854×480 1500']);
  });
});
