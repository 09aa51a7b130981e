import { describe, expect, it } from 'vitest';
import { parseProbe } from '@/lib/ffmpeg/parse-probe';
import { checkCaps, checkFrameSizeError, checkStreamCount } from '@/lib/ffmpeg/probe-caps';
import { sampleProbe, sampleVideo } from '@/tests/harness/sample-probe';

const complex = (message: RegExp) =>
  expect.objectContaining({
    code: 'video-too-complex',
    field: 'file',
    message: expect.stringMatching(message),
  });
const ofSize = (width: number, height: number) => sampleProbe({ videos: [sampleVideo({ width, height })] });
const ofHours = (hours: number) => sampleProbe({ durationSeconds: hours * 3600 });

describe('a frame', () => {
  it.each([
    [7680, 4320],
    [8192, 8192],
    [65_534, 2],
  ])('of %d×%d is accepted', (width, height) => {
    expect(() => checkCaps(ofSize(width, height))).not.toThrow();
  });

  it.each([
    [8193, 8192],
    [32_768, 32_768],
    [1_000_000, 1_000_000],
  ])('of %d×%d is too large', (width, height) => {
    expect(() => checkCaps(ofSize(width, height))).toThrow(complex(/^The frame is .*8192×8192/));
  });

  it('is too large in any of the streams', () => {
    const videos = [sampleVideo(), sampleVideo({ width: 32_768, height: 32_768 })];
    expect(() => checkCaps(sampleProbe({ videos }))).toThrow(complex(/32768×32768/));
  });
});

describe('a frame that FFmpeg itself refuses', () => {
  it('is too large', () => {
    const complaint = '[png @ 0x55] [IMGUTILS @ 0x7f] Picture size 32768x32768 is invalid\n';
    expect(() => checkFrameSizeError(complaint)).toThrow(complex(/32768×32768/));
  });

  it.each(['', 'Picture size 0x0 is invalid', 'Picture size 640x360 is invalid'])(
    'may be damaged instead: %j',
    (complaint) => {
      expect(() => checkFrameSizeError(complaint)).not.toThrow();
    },
  );
});

describe('a length', () => {
  it.each([0, 1, 48])('of %d hours is accepted', (hours) => {
    expect(() => checkCaps(ofHours(hours))).not.toThrow();
  });

  it.each([48.01, 100, 1e9])('of %d hours is too long', (hours) => {
    expect(() => checkCaps(ofHours(hours))).toThrow(complex(/hours long; at most 48 are accepted/));
  });
});

describe('streams', () => {
  it('may be a hundred', () => {
    expect(() => checkStreamCount(100)).not.toThrow();
    expect(() => checkStreamCount(101)).toThrow(complex(/more than 100 streams/));
  });

  it('are counted whatever they hold', () => {
    const streams = Array.from({ length: 101 }, (_, index) => ({ index, codec_type: 'data' }));
    const text = JSON.stringify({ format: { format_name: 'matroska' }, streams });
    expect(() => parseProbe(text)).toThrow(complex(/streams/));
  });
});
