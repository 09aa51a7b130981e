import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inspectCopy } from '@/lib/formats/mp4-files/inspect-copy';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip, tone } from '../fixtures/clips';
import { mirrored, withEdits } from '../fixtures/edited-boxes';
import { frameNumbers, numberedFrames } from '../fixtures/numbered-frames';
import { numberedClip } from '../fixtures/odd-sources';
import { decryptTrack } from '../harness/frames';
import { numbersIn, numbersInDownload, packaged, published, randomAccess } from '../harness/packaged';
import { downloadOf, folderOf, workToEnd } from '../harness/pipeline';
import { tempFile } from '../harness/temp-folder';

const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-sc_threshold', '0'];
const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

/** White above, black below. */
const halfWhite = [
  ...['-f', 'lavfi', '-i', "nullsrc=s=160x96:r=25:d=2,geq=lum='if(lt(Y,48),235,16)':cb=128:cr=128"],
  ...[...x264, '-g', '25'],
];

/** The halves of a file's first frame, from top to bottom. */
function halves(file: string): string[] {
  const gray = ['-vf', 'scale=1:2:flags=area', '-pix_fmt', 'gray', '-frames:v', '1', '-f', 'rawvideo', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...gray]);
  return Array.from(bytes, (value) => (value > 128 ? 'light' : 'dark'));
}

it('every segment starts with an IDR frame, though the source has open GOPs', async () => {
  const openGop = 'open-gop=1:bframes=3:b-adapt=0:keyint=25:min-keyint=25:scenecut=0';
  const source = drawClip('open-gop.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x96:r=25:d=10', ...x264, '-x264-params', openGop],
  ]);
  const item = await packaged(source);
  for (const file of item.videos) {
    expect(item.isCopied(file)).toBe(false);
    const { starts, idr } = await randomAccess(item, file);
    expect(starts).toEqual([0, 4000, 8000]);
    expect(idr).toEqual(expect.arrayContaining(starts));
  }
});

const videoAlone = () => drawClip('video-alone.mp4', ['-i', numberedClip(), '-an', '-c', 'copy']);

describe('an edit list', () => {
  it('inside a GOP: tracks begin with its first frame, also under new keys', async () => {
    const source = drawClip('trimmed.mp4', ['-ss', '0.6', '-i', numberedClip(), '-t', '2', '-c', 'copy']);
    const wanted = frameNumbers(source);
    expect(wanted.slice(0, 48)).toEqual(from(15, 48));
    const item = await packaged(source);
    const [file = ''] = item.videos;
    expect(item.isCopied(file)).toBe(false);
    expect(await numbersIn(item, file)).toEqual(wanted);
    expect(numbersInDownload(item)).toEqual(wanted);
    expect((await item.times(file)).framesSeconds[0]).toBe(0);

    const { context, record } = item;
    await rekeyPackage(context, record.package.id, null);
    const next = await published(context, await workToEnd(context, record.package.id));
    const key = (await revealKeys(context, record.package.id)).at(0);
    if (!key) throw new Error('No key.');
    expect(frameNumbers(await decryptTrack(folderOf(context, next.record), file, key))).toEqual(wanted);
    expect(frameNumbers(downloadOf(context, next.record), key.keyHex)).toEqual(wanted);
  });

  it('of several edits: tracks hold only the frames that they display', async () => {
    // biome-ignore format: one list
    const source = tempFile('edits.mp4', withEdits(numberedClip(), [[0.2, 1], [2, 1]]));
    const wanted = [...from(5, 25), ...from(50, 25)];
    expect(frameNumbers(source)).toEqual(wanted);
    const item = await packaged(source);
    expect(await numbersIn(item, item.videos[0] ?? '')).toEqual(wanted);
    expect(numbersInDownload(item)).toEqual(wanted);
  });

  it('with a gap between two edits: the package ends where the second one does', async () => {
    // biome-ignore format: one list
    const source = tempFile('gap.mp4', withEdits(videoAlone(), [[0, 1], [null, 1], [2, 1]]));
    const { record } = await packaged(source);
    expect(record.version?.durationSeconds).toBeCloseTo(3, 1);
  });
});

it('a mirroring display matrix is applied to every rendition', async () => {
  const source = tempFile('mirrored.mp4', mirrored(drawClip('half.mp4', halfWhite)));
  const item = await packaged(source);
  for (const file of item.videos) {
    expect(item.isCopied(file)).toBe(false);
    expect(halves(await item.clear(file))).toEqual(halves(source));
  }
  expect(halves(source)).toEqual(['dark', 'light']);
});

it('audio whose channels only its stream describes is encoded with declared channels, beside copied video', async () => {
  const surround = 'pan=5.1(side)|FL=c0|FR=c0|FC=c0|LFE=c0|SL=c0|SR=c0';
  const source = drawClip('aac-pce.mp4', [
    ...[...numberedFrames(50), ...tone(440, 2), '-af', surround, ...x264, '-g', '25', '-c:a', 'aac'],
  ]);
  expect(
    (await inspectCopy(drawClip('pce-alone.mp4', ['-i', source, '-vn', '-c', 'copy']))).channelConfiguration,
  ).toBe(0);
  const item = await packaged(source);
  expect(item.videos.map(item.isCopied)).toContain(true);
  expect(item.audios).toEqual(['audio-und.mp4', 'audio-und-6ch.mp4']);
  const configurations = [];
  for (const file of item.audios) {
    expect(item.isCopied(file)).toBe(false);
    configurations.push((await inspectCopy(await item.clear(file))).channelConfiguration);
  }
  expect(configurations).toEqual([2, 6]);
});

// x264 selects level 0.9, Constrained Baseline's level 1b, which browsers refuse.
it.each([
  ['an AVI of 176x144', 'low-level.avi', ['-c:v', 'mpeg4', '-q:v', '4']],
  ['H.264 at level 0.9', 'level-09.mp4', [...x264, '-level', '1b']],
])('%s gets a level that browsers accept', async (_, name, codec) => {
  const item = await packaged(drawClip(name, ['-f', 'lavfi', '-i', 'testsrc2=s=176x144:r=12:d=2', ...codec]));
  const codecs = item.record.version?.tracks.map((track) => track.codec) ?? [];
  expect(codecs.length).toBeGreaterThan(0);
  for (const found of codecs) expect(found).toBe('avc1.64001e');
});
