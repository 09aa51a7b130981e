import { expect, it } from 'vitest';
import { h264Level } from '@/lib/ffmpeg/args/h264-level';

/** A bitrate within the limits of every level. */
const low = 100_000;

it.each<[string, number, number, number, number]>([
  ['3.0', 176, 144, 12, low],
  ['3.0', 426, 240, 25, 400_000],
  ['3.0', 640, 480, 30, low],
  ['3.1', 640, 480, 50, low],
  ['3.1', 720, 576, 25, low],
  ['3.1', 1280, 720, 1, low],
  ['3.1', 1280, 720, 30, low],
  ['3.1', 720, 1280, 30, low],
  ['3.2', 1280, 720, 60, low],
  ['4.0', 1920, 1080, 24, low],
  ['4.0', 1920, 1080, 30, 5_000_000],
  ['4.2', 1920, 1080, 60, low],
  ['5.0', 2560, 1440, 30, low],
  ['5.1', 3840, 2160, 30, low],
  ['5.2', 3840, 2160, 60, low],
  ['6.0', 7680, 4320, 30, low],
  ['6.1', 7680, 4320, 60, low],
  ['6.2', 7680, 4320, 120, low],
  ['3.2', 640, 360, 25, 20_000_000],
  ['4.2', 1920, 1080, 25, 40_000_000],
  ['6.2', 1920, 1080, 25, 700_000_000],
])('level %s for %dx%d at %d frames a second and up to %d bit/s', (level, width, height, rate, maxBps) => {
  expect(h264Level({ width, height }, rate, maxBps)).toBe(level);
});
