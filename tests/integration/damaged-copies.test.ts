import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changedClip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { withEdits } from '../fixtures/edited-boxes';
import { packaged } from '../harness/packaged';
import { openPipeline, upload } from '../harness/pipeline';
import { seededRandom } from '../harness/seeded-random';
import { tempFile } from '../harness/temp-folder';

/** Overwrites some bytes in the middle of the media data of an MP4, well behind its first frames. */
function damaged(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const [from, to] = [changed.indexOf('mdat') + 4, changed.lastIndexOf('moov') - 4];
  const random = seededRandom(5);
  for (const share of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    const at = Math.round(from + share * (to - from));
    for (let i = at; i < at + 300; i += 1) changed[i] = Math.floor(random() * 256);
  }
  return changed;
}

/** What FFmpeg complains of when it decodes a file. */
const complaints = (file: string) =>
  execFileSync('sh', ['-c', 'ffmpeg -v error -i "$0" -f null - 2>&1', file]).toString();

const damagedVideo = (size: string) =>
  changedClip(
    `damaged-${size}.mp4`,
    drawClip(`${size}.mp4`, [...testPattern(size, 25, 4), ...h264]),
    damaged,
  );

it.each(['640x360', '320x180'])('damaged video of %s is encoded, and reported', async (size) => {
  const item = await packaged(damagedVideo(size));
  expect(item.videos.map(item.isCopied)).not.toContain(true);
  expect(item.notCarried).toEqual(['The video stream (H.264) is damaged in places, which may look wrong.']);
  for (const file of item.videos) expect(complaints(await item.clear(file))).toBe('');
});

it('damaged audio is encoded', async () => {
  const intact = drawClip('tone-alone.mp4', [...tone(440, 4), '-c:a', 'aac']);
  const item = await packaged(changedClip('damaged-tone.mp4', intact, damaged));
  expect(item.audios.map(item.isCopied)).toEqual([false]);
  expect(complaints(await item.clear('audio-und.mp4'))).toBe('');
});

describe('a bad stream beside good ones is encoded alone, or left out alone:', () => {
  const good = () =>
    drawClip('three-streams.mkv', [
      ...[...testPattern('640x360', 25, 6), ...tone(440, 6), ...tone(660, 6), ...h264, '-c:a', 'aac'],
      ...['-map', '0', '-map', '1', '-map', '2'],
      ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu'],
    ]);
  const noisy = (name: string, stream: string, amount: string) =>
    drawClip(name, ['-i', good(), '-map', '0', '-c', 'copy', `-bsf:${stream}`, `noise=amount='${amount}'`]);

  it('video with noise in every frame', async () => {
    const item = await packaged(noisy('noisy-video.mkv', 'v', 'if(gt(n\\,30)\\,40\\,0)'));
    expect(item.videos.map(item.isCopied)).not.toContain(true);
    expect(item.audios.map(item.isCopied)).toEqual([true, true]);
  });

  it('audio of nothing but noise', async () => {
    const item = await packaged(noisy('noisy-audio.mkv', 'a:1', '1'));
    expect(item.audios.map(item.isCopied)).toEqual([true]);
    expect(item.videos.map(item.isCopied)).toContain(true);
    expect(item.notCarried).toEqual(['The German audio (AAC) is not carried: none of it could be decoded.']);
  });
});

it('audio whose end does not decode is shorter, and reported', async () => {
  const intact = drawClip('flac.mkv', [
    ...testPattern('320x180', 25, 8),
    ...tone(440, 8),
    ...h264,
    '-c:a',
    'flac',
  ]);
  const noise = "noise=amount='if(gt(pts*tb,4),1,0)'";
  const item = await packaged(
    drawClip('half-flac.mkv', ['-i', intact, '-c', 'copy', '-bsf:a', noise.replaceAll(',', '\\,')]),
  );
  expect((await item.times('audio-und.mp4')).endSeconds).toBeCloseTo(4, 0);
  expect(item.notCarried).toEqual([
    expect.stringMatching(
      /^The audio "Audio 1" ends at 4\.\d s of 8\.\d s: the rest could not be decoded\.$/,
    ),
  ]);
});

describe('AAC that changes on the way is encoded', () => {
  const adts = (name: string, ...options: string[]) =>
    drawClip(`${name}.ts`, [
      ...testPattern('320x180', 25, 3),
      ...tone(500, 3),
      ...h264,
      '-c:a',
      'aac',
      ...options,
    ]);
  const first = () => adts('first', '-ac', '2', '-ar', '48000');

  it.each([
    ['channels', () => adts('surround', '-ac', '6', '-ar', '48000')],
    ['sample rate', () => adts('slower', '-ac', '2', '-ar', '44100')],
  ])('%s', async (name, second) => {
    const joined = changedClip(`other-${name}.ts`, first(), (bytes) =>
      Buffer.concat([bytes, readFileSync(second())]),
    );
    const item = await packaged(joined);
    expect(item.audios.map(item.isCopied)).toEqual([false]);
    expect(complaints(await item.clear('audio-und.mp4'))).toBe('');
  });
});

it('audio with two edits plays one part after the other, without silence', async () => {
  const parts = [500, 1000, 2000].flatMap((hertz) => tone(hertz, 2));
  const joined = drawClip('three-tones.mp4', [
    ...parts,
    '-filter_complex',
    'concat=n=3:v=0:a=1',
    '-c:a',
    'aac',
  ]);
  // biome-ignore format: one list
  const item = await packaged(tempFile('two-edits.mp4', withEdits(joined, [[0, 2], [4, 2]])));
  const [file = ''] = item.audios;
  expect((await item.times(file)).endSeconds).toBeCloseTo(4, 1);
  const clear = await item.clear(file);
  const silence = execFileSync('sh', [
    ...['-c', 'ffmpeg -hide_banner -i "$0" -af silencedetect=noise=-50dB:d=0.2 -f null - 2>&1', clear],
  ]).toString();
  expect(silence).not.toContain('silence_start');
  const frames = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts', '-of', 'csv', clear]);
  // 4 s at 48 kHz, in frames of 1,024 samples, and the encoder's delay.
  expect(frames.toString().trim().split('\n').length).toBeLessThan(192);
});

it.each(['mkv', 'mp4'])(
  'timestamps that start late do not pass for a truncated file: %s',
  async (container) => {
    const whole = drawClip('whole.mp4', [
      ...testPattern('320x180', 25, 3),
      ...tone(440, 3),
      ...h264,
      '-c:a',
      'aac',
    ]);
    const late = drawClip(`late.${container}`, ['-i', whole, '-c', 'copy', '-output_ts_offset', '10']);
    const item = await packaged(late);
    expect(item.notCarried).toEqual([]);
    expect(item.record.version?.durationSeconds).toBeCloseTo(3, 1);
  },
);

it('a pixel aspect that only the container knows is kept in a copy', async () => {
  const square = drawClip('square.mp4', [...testPattern('640x360', 25, 3), ...h264]);
  const item = await packaged(drawClip('aspect.mp4', ['-i', square, '-c', 'copy', '-aspect', '4:3']));
  const [best = ''] = item.videos;
  expect(item.isCopied(best)).toBe(true);
  expect([...item.mpd.matchAll(/sar="([^"]+)"/g)].map(([, shape]) => shape)).toContain('3:4');
});

it('a format that is not read is named, whatever the file is called', async () => {
  const streams = [...testPattern('320x240', 25, 1), '-c:v', 'mpeg2video'];
  const tape = tempFile('tape.mov', readFileSync(drawClip('tape.mxf', streams)));
  await expect(upload(await openPipeline(), tape)).rejects.toMatchObject({
    code: 'format-not-supported',
    message: "The file's format (mxf) is not supported. Convert it, for example to MP4, and upload that.",
  });
});
