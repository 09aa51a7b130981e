import { expect, it } from 'vitest';
import { codecName } from '@/app/_lib/codec-name';

it.each([
  ['avc1.64001f', 'H.264'],
  ['h264', 'H.264'],
  ['hvc1.1.6.L93.B0', 'HEVC'],
  ['hevc', 'HEVC'],
  ['vp09.00.10.08', 'VP9'],
  ['av01.0.04M.08', 'AV1'],
  ['mp4a.40.2', 'AAC'],
  ['Opus', 'Opus'],
  ['pcm_s16le', 'PCM'],
  ['wvtt', 'WebVTT'],
  ['mjpeg', 'mjpeg'],
])('calls %s %s', (codec, name) => {
  expect(codecName(codec)).toBe(name);
});
