import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { videos } from '@/db/sqlite/schema';
import { drawClip } from '../fixtures/clips';
import { withFrameDuration } from '../fixtures/edited-boxes';
import { frameNumbers, numberedFrames } from '../fixtures/numbered-frames';
import {
  cutOff,
  joinedStreams,
  numberedClip,
  pausedAudio,
  slideShow,
  unevenClip,
  vp8WithReferences,
} from '../fixtures/odd-sources';
import { hlsSeconds, lastFrame, mpdSeconds, numbersIn, type Packaged, packaged } from '../harness/packaged';
import { openPipeline, packageToEnd, upload } from '../harness/pipeline';
import { sampleKey } from '../harness/sample-plan';
import { tempFile } from '../harness/temp-folder';

const all = (count: number) => Array.from({ length: count }, (_, i) => i);

/** The lengths that the library, the MPD and each playlist declare: they must agree. */
async function lengths(item: Packaged) {
  const [video = '', audio = ''] = [item.videos[0], item.audios[0]];
  return {
    declared: [mpdSeconds(item), item.record.version?.durationSeconds ?? 0],
    video: await hlsSeconds(item, video),
    audio: audio === '' ? null : await hlsSeconds(item, audio),
  };
}

/** AAC is padded to frames of 21 ms, and primed with one. */
const near = (seconds: number, by = 0.06) =>
  expect.toSatisfy((value: number) => Math.abs(value - seconds) <= by, `within ${by} of ${seconds}`);

describe('streams of different lengths', () => {
  it.each([
    ['audio that goes on for 2 s', { seconds: 2 }, { seconds: 4 }, { presentation: 4, video: 2 }],
    [
      'audio that goes on for 7 s: the last frame is held',
      { seconds: 2 },
      { seconds: 9 },
      { presentation: 9, video: 9 },
    ],
    ['video that begins late', { seconds: 2, from: 0.7 }, { seconds: 4 }, { presentation: 4, video: 2.7 }],
    ['audio that begins late', { seconds: 4 }, { seconds: 2, from: 1 }, { presentation: 4, video: 4 }],
    [
      'video that goes on for 7 s: silence fills the audio',
      { seconds: 9 },
      { seconds: 2 },
      { presentation: 9, video: 9 },
    ],
  ])('nothing is lost, and frame 0 shows from the start: %s', async (_, video, audio, expected) => {
    const item = await packaged(unevenClip(video, audio));
    const { declared, ...playlists } = await lengths(item);
    expect(declared).toEqual([near(expected.presentation), near(expected.presentation)]);
    expect(playlists.video).toEqual(near(expected.video));
    for (const file of item.videos) {
      const { framesSeconds } = await item.times(file);
      expect(framesSeconds[0]).toBe(0);
      expect(framesSeconds).toHaveLength(25 * video.seconds);
      const clear = await item.clear(file);
      expect(frameNumbers(clear)).toEqual(all(25 * video.seconds));
      // The frame that is held is the sample that is decoded last.
      expect((await item.times(file)).endSeconds).toEqual(near(expected.video));
      if (expected.video > video.seconds + 1) expect(lastFrame(clear).isDecodedLast).toBe(true);
    }
    const [first = ''] = item.audios;
    const { framesSeconds, endSeconds } = await item.times(first);
    expect(framesSeconds[0]).toBeLessThan(0.1);
    expect(endSeconds).toBeGreaterThan(audio.seconds + ('from' in audio ? audio.from : 0) - 0.03);
  });
});

it.each(['b-frames', 'in-order'] as const)(
  'a slide show (%s) holds its frames as long as its source does',
  async (frames) => {
    const item = await packaged(slideShow(frames));
    expect(item.videos.some(item.isCopied)).toBe(frames === 'in-order');
    const { declared, video } = await lengths(item);
    expect([...declared, video]).toEqual([near(5), near(5), near(5)]);
    for (const file of item.videos) {
      const clear = await item.clear(file);
      const { framesSeconds } = await item.times(file);
      expect(framesSeconds).toHaveLength(51);
      expect(frameNumbers(clear).slice(-2)).toEqual([49, 124]);
      expect([framesSeconds.at(-2), framesSeconds.at(-1)]).toEqual([near(1.96, 0.002), near(4.96, 0.002)]);
      expect(lastFrame(clear).isDecodedLast).toBe(true);
    }
  },
);

describe('timestamps that begin anew', () => {
  // The last packet of these codecs comes after the first of the next part: FFmpeg alone counts a jump twice.
  it.each<[string, 'ts' | 'mpg', string, number?]>([
    ['jump back beside AAC', 'ts', 'aac'],
    ['jump back beside AC-3', 'ts', 'ac3'],
    ['jump back beside DTS', 'ts', 'dca'],
    ['jump back in a program stream', 'mpg', 'mp2'],
    ['jump an hour ahead', 'ts', 'ac3', 3600],
  ])('%s: both parts follow each other', async (_, container, codec, laterSeconds) => {
    const item = await packaged(joinedStreams(container, codec, laterSeconds));
    const { declared, video, audio } = await lengths(item);
    const six = near(6.05, 0.1);
    expect([...declared, video, audio]).toEqual([six, six, six, six]);
    for (const file of item.videos) {
      const { framesSeconds } = await item.times(file);
      expect(framesSeconds).toHaveLength(150);
      const steps = framesSeconds.slice(1).map((seconds, i) => seconds - (framesSeconds[i] ?? 0));
      // FFmpeg guesses times in a program stream, and may be wrong by a few frames.
      expect(Math.max(...steps)).toBeLessThan(container === 'mpg' ? 0.3 : 0.2);
    }
    expect(await silences(item)).toEqual([]);
  });

  it('are found while packaging, where the upload was too large to be read', async () => {
    const context = await openPipeline();
    const { id, probe } = await upload(context, joinedStreams('ts', 'ac3'));
    expect(probe.discontinuitySeconds).toBeCloseTo(1.5, 1);
    const { discontinuitySeconds: _, ...unread } = probe;
    context.db.update(videos).set({ probe: unread }).run();
    const record = await packageToEnd(context, id, sampleKey, 'cenc');
    expect(record.version?.durationSeconds).toEqual(near(6.05, 0.1));
    expect(record.video.probe.discontinuitySeconds).toBeCloseTo(1.5, 1);
  });

  it('are not supposed where audio pauses for long: it stays in sync', async () => {
    const item = await packaged(pausedAudio());
    const { declared, ...playlists } = await lengths(item);
    expect([...declared, playlists.video, playlists.audio]).toEqual(Array(4).fill(near(20.05, 0.1)));
    expect(await silences(item)).toEqual([[near(3, 0.1), near(15, 0.1)]]);
  });
});

/** The times between which the first audio track is silent. */
async function silences(item: Packaged): Promise<[number, number][]> {
  const clear = await item.clear(item.audios[0] ?? '');
  const detect = ['-af', 'silencedetect=noise=-50dB:d=0.2', '-f', 'null', '-'];
  const { stderr } = spawnSync('ffmpeg', ['-hide_banner', '-i', clear, ...detect], { encoding: 'utf8' });
  const times = (edge: string) =>
    Array.from(stderr.matchAll(new RegExp(`silence_${edge}: ([\\d.]+)`, 'g')), ([, time]) => Number(time));
  const ends = times('end');
  return times('start').map((start, i) => [start, ends[i] ?? Number.NaN]);
}

describe('a truncated file', () => {
  const mpeg4 = ['-c:v', 'mpeg4', '-q:v', '4', '-bf', '0', '-c:a', 'libmp3lame'];
  it.each([
    ['MP4, early', () => numberedClip('mp4', ['-movflags', '+faststart']), 0.45],
    ['MP4, late', () => numberedClip('mp4', ['-movflags', '+faststart']), 0.8],
    ['MKV', () => numberedClip('mkv'), 0.5],
    ['AVI', () => numberedClip('avi', mpeg4), 0.5],
    ['WMV', () => numberedClip('wmv', ['-c:v', 'wmv2', '-q:v', '4', '-c:a', 'wmav2']), 0.5],
    ['fragmented MP4', () => numberedClip('mp4', ['-movflags', '+frag_keyframe+empty_moov']), 0.5],
  ])('%s: the intact part is packaged, and its end is reported', async (_, source, share) => {
    const intact = source();
    const item = await packaged(tempFile(`cut-off${intact.slice(-4)}`, cutOff(intact, share)));
    expect(item.notCarried).toEqual([
      expect.stringMatching(/^The file is truncated at [\d.]+ s( of 4\.\d s)?:/),
    ]);
    const at = Number(/at ([\d.]+) s/.exec(item.notCarried[0] ?? '')?.[1]);
    expect(at).toBeGreaterThan(0.5);
    expect(at).toBeLessThan(3.9);
    const { declared } = await lengths(item);
    expect(declared).toEqual([near(at, 0.1), near(at, 0.1)]);
    const numbers = await numbersIn(item, item.videos[0] ?? '');
    expect(numbers.slice(0, 20)).toEqual(all(20));
    // Some B-frames of the truncated GOP may be missing; the others are in order, and none comes twice.
    // For a truncated frame, a decoder may show the frame before it instead.
    const whole = numbers.at(-1) === numbers.at(-2) ? numbers.slice(0, -1) : numbers;
    expect(whole).toEqual([...new Set(whole)].sort((a, b) => a - b));
  });
});

describe('frame rates that containers guess', () => {
  it('every frame keeps its time when the header declares 1000 frames a second', async () => {
    const source = tempFile('guessed.webm', withFrameDuration(vp8WithReferences(), 1_000_000));
    const item = await packaged(source);
    for (const file of item.videos) {
      const { framesSeconds } = await item.times(file);
      expect(framesSeconds).toHaveLength(96);
      for (const [i, time] of framesSeconds.entries()) expect(time).toEqual(near(i / 24, 0.002));
    }
  });

  it('one frame without a declared duration is packaged', async () => {
    const clip = drawClip('one-frame.webm', [...numberedFrames(1), '-c:v', 'libvpx', '-b:v', '300k']);
    const item = await packaged(tempFile('one.webm', withFrameDuration(clip, null)));
    for (const file of item.videos) expect(await numbersIn(item, file)).toEqual([0]);
  });

  it('every second frame keeps its time at 120 frames a second', async () => {
    // 4:4:4 is encoded. Some frames are missing: a constant rate would shift those after them.
    const source = drawClip('fast-gaps.mp4', [
      ...[...numberedFrames(200, 120), '-vf', "select='not(between(n,50,52))'", '-fps_mode', 'vfr'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'],
    ]);
    const wanted = frameNumbers(source).filter((_, i) => i % 2 === 0);
    const item = await packaged(source);
    for (const file of item.videos) {
      expect(await numbersIn(item, file)).toEqual(wanted);
      const { framesSeconds } = await item.times(file);
      for (const [i, time] of framesSeconds.entries())
        expect(time).toEqual(near((wanted[i] ?? 0) / 120, 0.001));
    }
  });
});
