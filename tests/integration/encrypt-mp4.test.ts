import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import { encryptMp4 } from '@/lib/formats/download/encrypt-mp4';
import { boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import { withOutbox } from '@/lib/processes/outbox';
import { decode } from '@/lib/verify/decode';
import { clip, drawClip, testPattern, tone } from '../fixtures/clips';
import { sampleKey } from '../harness/sample-plan';
import { tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const signal = new AbortController().signal;
const moving = testPattern('640x360', 25, 8);

// biome-ignore format: one codec a line
const recipes: [string, string[]][] = [
  ['H.264 and AAC', ['-i', clip('h264-aac.mp4')]],
  ['H.264 of one slice with nothing to encrypt', ['-i', clip('black-silence.mp4')]],
  ['H.264 of more slices than subsamples can describe', [...moving, '-c:v', 'libx264', '-slices', '44', '-preset', 'ultrafast', '-b:v', '4M']],
  ['HEVC', [...moving, '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error']],
  ['VP9 and Opus', [...moving, ...tone(440, 8), '-c:v', 'libvpx-vp9', '-cpu-used', '8', '-deadline', 'realtime', '-c:a', 'libopus']],
  ['MPEG-4 part 2 and MP3', [...moving, ...tone(440, 8), '-c:v', 'mpeg4', '-b:v', '4M', '-c:a', 'libmp3lame']],
  ['FLAC alone', [...tone(440, 8), '-c:a', 'flac', '-strict', '-2']],
  ['AC-3', [...moving, ...tone(440, 8), '-c:a', 'ac3']],
  ['E-AC-3', [...moving, ...tone(440, 8), '-c:a', 'eac3']],
];

/** A plain MP4 that FFmpeg writes, with its tables at the end. */
async function plainMp4(recipe: string[]): Promise<string> {
  const folder = tempFolder();
  const file = path.join(folder, 'plain.mp4');
  const drawn = recipe[0] === '-i' ? String(recipe[1]) : drawClip('plain.mp4', recipe);
  const args = ['-i', drawn, '-map', '0', '-c', 'copy', '-strict', '-2', path.basename(file)];
  await withOutbox({ into: folder, names: [path.basename(file)] }, (outbox) =>
    runFfmpeg(tools, { args, outbox, reads: [drawn], timeoutSeconds: 60 }),
  );
  return file;
}

/** The stored frames of a file: stream, times, size and CRC-32. The last duration may differ. */
async function framesOf(file: string, ...options: string[]) {
  const args = [
    ...options,
    '-i',
    file,
    '-map',
    '0',
    '-c',
    'copy',
    '-f',
    'framehash',
    '-hash',
    'CRC32',
    'pipe:1',
  ];
  const { frames } = await decode(tools, args, { folder: path.dirname(file), signal });
  return frames.map((line) => line.split(',').map((field) => field.trim()));
}
const withoutDuration = ([stream, dts, pts, , size, sum]: string[]) => [stream, dts, pts, size, sum].join();

describe('FFmpeg decrypts every frame that was encrypted', () => {
  it.each(recipes)('%s', async (_, recipe) => {
    const file = await plainMp4(recipe);
    const clear = await framesOf(file);
    const sums = await encryptMp4(file, sampleKey, signal);
    const decrypted = await framesOf(file, '-decryption_key', sampleKey.keyHex);
    expect(decrypted.map(withoutDuration)).toEqual(clear.map(withoutDuration));
    expect(clear.length).toBeGreaterThan(50);

    // The returned checksums are those of the clear frames.
    for (const [i, sum] of sums.entries()) {
      const own = clear.filter(([stream]) => stream === String(i)).map((frame) => frame[5]);
      expect(Array.from(sum, (value) => value.toString(16).padStart(8, '0'))).toEqual(own);
    }
    const encrypted = new Set((await framesOf(file)).map((frame) => frame[5]));
    const readable = clear.filter((frame) => encrypted.has(frame[5]));
    // Some frames of a still image are smaller than a block.
    if (!recipe.includes(clip('black-silence.mp4'))) expect(readable).toEqual([]);
  });
});

it('the tables come first, and point to the encryption data of the samples', async () => {
  const file = await plainMp4(['-i', clip('h264-aac.mp4')]);
  await encryptMp4(file, sampleKey, signal);
  const bytes = await readFile(file);
  expect([...boxesIn(bytes)].map(({ type }) => type)).toEqual(['ftyp', 'moov', 'free', 'mdat']);
  const traks = [...boxesIn(findBox(bytes, ['moov']) ?? Buffer.alloc(0))].filter(
    ({ type }) => type === 'trak',
  );
  expect(traks).toHaveLength(2);
  for (const { payload } of traks) {
    const [senc, saiz, saio] = ['senc', 'saiz', 'saio'].map((type) => {
      return findBox(payload, ['mdia', 'minf', 'stbl', type]) ?? Buffer.alloc(0);
    });
    expect(saio?.readBigUInt64BE(8)).toBe(BigInt((senc?.byteOffset ?? 0) - bytes.byteOffset + 8));
    const count = senc?.readUInt32BE(4) ?? 0;
    expect(saiz?.readUInt32BE(5)).toBe(count);
    const each = saiz?.[4] ? [saiz[4] * count] : [...(saiz?.subarray(9) ?? [])];
    expect(each.reduce((sum, size) => sum + size, 0)).toBe((senc?.length ?? 0) - 8);
  }
});

it('no IV is used twice, within a download or across downloads', async () => {
  const ivs: string[] = [];
  for (const _ of [1, 2]) {
    const file = await plainMp4(['-i', clip('audio.mp4')]);
    await encryptMp4(file, sampleKey, signal);
    const trak = findBox(await readFile(file), ['moov', 'trak']) ?? Buffer.alloc(0);
    const senc = findBox(trak, ['mdia', 'minf', 'stbl', 'senc']) ?? Buffer.alloc(0);
    for (let at = 8; at < senc.length; at += 8) ivs.push(senc.toString('hex', at, at + 8));
  }
  expect(ivs.length).toBeGreaterThan(300);
  expect(new Set(ivs).size).toBe(ivs.length);
});

describe('a file that FFmpeg does not write like this is refused', () => {
  const refused = { code: 'verify-failed', message: 'The download does not have the expected MP4 layout.' };

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['garbage', () => Buffer.alloc(5000, 0xa5)],
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 40)],
    ['a box without a size', (bytes) => Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(100)])],
    ['more samples than the file has', (bytes) => changed(bytes, 'stsz', 8, 0x00ffffff)],
    ['samples of 4 GB', (bytes) => changed(bytes, 'stsz', 4, 0xffffffff)],
    ['samples beyond the end', (bytes) => changed(bytes, 'stco', 8, 0x7fffffff)],
    ['overlapping samples', (bytes) => changed(bytes, 'stco', 12, 48)],
    ['no sample in any chunk', (bytes) => changed(bytes, 'stsc', 12, 0)],
    ['another kind of track', (bytes) => changed(bytes, 'hdlr', 8, 0x74657874)],
  ])('%s', async (_, change) => {
    const file = await plainMp4(['-i', clip('h264-aac.mp4')]);
    await writeFile(file, change(await readFile(file)));
    await expect(encryptMp4(file, sampleKey, signal)).rejects.toMatchObject(refused);
  });

  /** Overwrites a number in the first box of a type. */
  function changed(bytes: Buffer, type: string, place: number, value: number): Buffer {
    const at = bytes.indexOf(type, 0, 'latin1') + 4;
    bytes.writeUInt32BE(value, at + place);
    return bytes;
  }
});
