import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { drawClip, tone } from '../fixtures/clips';
import { numberedFrames } from '../fixtures/numbered-frames';
import { interlacedClip, lateInterlacing } from '../fixtures/odd-sources';
import { untaggedClip, untaggedColor } from '../fixtures/untagged-clip';
import { numbersIn, numbersInDownload, type Packaged, packaged } from '../harness/packaged';

const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-sc_threshold', '0'];

/** How many frames of a file hold fields of two times, by FFmpeg's idet filter. */
function combedFrames(file: string): number {
  const { stderr } = spawnSync('ffmpeg', ['-hide_banner', '-i', file, '-vf', 'idet', '-f', 'null', '-']);
  const found = /Multi frame detection: TFF: *(\d+) BFF: *(\d+)/.exec(stderr.toString());
  if (!found) throw new Error('idet reported nothing.');
  return Number(found[1]) + Number(found[2]);
}

describe('fields', () => {
  it.each([
    ['from the first frame on, in MP4', interlacedClip, 50, 40],
    ['from the middle on, after a header that says otherwise', lateInterlacing, 100, 40],
  ])('are deinterlaced, %s: no frame is combed', async (_, source, frames, combed) => {
    expect(combedFrames(source())).toBeGreaterThan(combed);
    const item = await packaged(source());
    for (const file of item.videos) {
      expect(item.isCopied(file)).toBe(false);
      expect(combedFrames(await item.clear(file))).toBe(0);
      expect((await item.times(file)).framesSeconds).toHaveLength(frames);
    }
  });

  // Only the copy reveals this: the work begins again, and encodes.
  it('that parameter sets allow but no frame has do not fail the package', async () => {
    const source = drawClip('may-have-fields.mp4', [
      ...[
        ...numberedFrames(50),
        ...tone(440, 2),
        ...x264,
        '-g',
        '25',
        '-x264-params',
        'fake-interlaced=1',
        '-c:a',
        'aac',
      ],
    ]);
    const item = await packaged(source);
    for (const file of item.videos) {
      expect(item.isCopied(file)).toBe(false);
      expect(await numbersIn(item, file)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    }
    expect(item.audios.map(item.isCopied)).toEqual([true]);
  });
});

it('VP9 of 4:4:0, which MP4 cannot describe, is encoded, and its download is made of tracks', async () => {
  const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv440p'];
  const source = drawClip('yuv440.webm', [...numberedFrames(50), ...tone(440, 2), ...vp9, '-c:a', 'libopus']);
  const item = await packaged(source);
  expect(item.notCarried).toEqual([]);
  const all = Array.from({ length: 50 }, (_, i) => i);
  for (const file of item.videos) expect(await numbersIn(item, file)).toEqual(all);
  expect(numbersInDownload(item)).toEqual(all);
});

/** The color in the middle of a file's first frame, by the matrix that it is tagged with. */
function colorOf(file: string): number[] {
  const entries = ['-select_streams', 'v', '-show_entries', 'stream=color_space', '-of', 'csv=p=0'];
  const tag = execFileSync('ffprobe', ['-v', 'error', ...entries, file])
    .toString()
    .trim();
  const matrix = { bt709: 'bt709', smpte170m: 'bt601', bt470bg: 'bt601' }[tag];
  if (!matrix) throw new Error(`The track is tagged as ${tag}.`);
  const toRgb = [
    '-vf',
    `scale=in_color_matrix=${matrix}:in_range=tv,format=rgb24,crop=1:1`,
    '-frames:v',
    '1',
  ];
  return [...execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...toRgb, '-f', 'rawvideo', '-'])];
}

describe('untagged colors of standard definition', () => {
  // Forces a bitrate that allows rungs below the copy; the video itself needs hardly any.
  const filled = [
    '-b:v',
    '1M',
    '-minrate',
    '1M',
    '-maxrate',
    '1M',
    '-bufsize',
    '1M',
    '-x264-params',
    'nal-hrd=cbr',
  ];
  it.each<[string, string, string[], (item: Packaged) => boolean[]]>([
    ['copied', 'untagged.mp4', [...x264, ...filled], () => [true, false]],
    ['encoded', 'untagged.avi', ['-c:v', 'ffv1'], () => [false, false]],
  ])('are the same in every rendition: %s', async (_, name, codec, copies) => {
    const item = await packaged(untaggedClip(name, 2, codec));
    expect(item.videos.length).toBeGreaterThan(1);
    expect(item.videos.map(item.isCopied).slice(0, 2)).toEqual(copies(item));
    for (const file of item.videos) {
      const color = colorOf(await item.clear(file));
      for (const [i, value] of color.entries())
        expect(Math.abs(value - (untaggedColor[i] ?? 0)), `${file} ${color}`).toBeLessThanOrEqual(4);
    }
  });
});
