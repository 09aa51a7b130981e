import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import { startsWithIdr } from '@/lib/formats/mp4-files/inspect-copy';
import type { PackageRecord } from '@/lib/ledger/records';
import { schemes } from '@/lib/media/scheme';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { folderOf, openPipeline, packageToEnd, upload, workToEnd } from '../harness/pipeline';

/** The second audio stream, English, has the default flag. */
const defaultAudio = () =>
  drawClip('default-audio.mkv', [
    ...[
      ...testPattern('426x240', 25, 10),
      ...tone(440, 10),
      ...tone(1000, 10),
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
    ],
    ...[
      ...h264,
      '-g',
      '25',
      '-c:a',
      'aac',
      '-metadata:s:a:0',
      'language=jpn',
      '-metadata:s:a:1',
      'language=eng',
    ],
    ...['-disposition:a:0', '0', '-disposition:a:1', 'default'],
  ]);

/** The byte ranges that a keyframe playlist names, and where the init segment ends. */
function readIframes(playlist: string) {
  const init = Number(/BYTERANGE="(\d+)@0"/.exec(playlist)?.[1]);
  const ranges = [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)/g)].map(([, size, from]) => ({
    from: Number(from),
    to: Number(from) + Number(size),
  }));
  return { init, ranges };
}

/** How many frames of an encrypted file FFmpeg decodes. */
function countFrames(file: string, keyHex: string): number {
  const args = ['-v', 'fatal', '-decryption_key', keyHex, '-i', file, '-map', '0:v', '-f', 'framemd5', '-'];
  return execFileSync('ffmpeg', args, { encoding: 'utf8' }).match(/^0,/gm)?.length ?? 0;
}

it.each(schemes)('manifests name the first audio, the video range and the keyframes: %s', async (scheme) => {
  const context = await openPipeline();
  const { id } = await upload(context, defaultAudio());
  const record = await packageToEnd(context, id, null, scheme);
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  await checkIframes(context, record);
  // A version with new keys is described in the same way.
  if (scheme === 'cenc') await rekeyPackage(context, record.package.id, null);
  const last = scheme === 'cenc' ? await workToEnd(context, record.package.id) : record;
  for (const made of [record, last]) {
    const folder = folderOf(context, made);
    const read = (name: string) => readFile(path.join(folder, name), 'utf8');
    const sets = elementsOf(parseMpd(await read('manifest.mpd')), 'AdaptationSet');
    const video = sets.filter((set) => set.getAttribute('contentType') === 'video');
    expect(video.map((set) => set.getAttribute('subsegmentStartsWithSAP'))).toEqual(video.map(() => '1'));
    const first = sets.filter((set) => set.getAttribute('selectionPriority') === '2');
    expect(
      first.map((set) => [set.getAttribute('lang'), elementsOf(set, 'Role')[0]?.getAttribute('value')]),
    ).toEqual([['en', 'main']]);
    const master = await read('master.m3u8');
    expect(master.match(/LANGUAGE="\w+",NAME="\w+",DEFAULT=\w+,AUTOSELECT=\w+/g)?.sort()).toEqual([
      'LANGUAGE="en",NAME="English",DEFAULT=YES,AUTOSELECT=YES',
      'LANGUAGE="ja",NAME="Japanese",DEFAULT=NO,AUTOSELECT=YES',
    ]);
    for (const line of master.match(/^#EXT-X-(I-FRAME-)?STREAM-INF:.*$/gm) ?? [])
      expect(line).toContain('VIDEO-RANGE=SDR');
    const names = [...master.matchAll(/^#EXT-X-I-FRAME-STREAM-INF:.*URI="([^"]+)-iframes.m3u8"/gm)].map(
      ([, name = '']) => name,
    );
    const videos = made.version?.tracks.filter(({ kind }) => kind === 'video') ?? [];
    expect(names.sort()).toEqual(videos.map(({ file }) => file.replace('.mp4', '')).sort());
  }
});

/** Checks that each byte range holds one frame, and that the playlist names its key. */
async function checkIframes(context: Acting, record: PackageRecord): Promise<void> {
  const folder = folderOf(context, record);
  const [{ keyHex = '', kidHex = '' } = {}] = await revealKeys(context, record.package.id);
  const [track] = record.version?.tracks.filter(({ kind }) => kind === 'video') ?? [];
  const name = track?.file.replace('.mp4', '') ?? '';
  const [playlist, segments, bytes] = await Promise.all([
    readFile(path.join(folder, `${name}-iframes.m3u8`), 'utf8'),
    readFile(path.join(folder, `${name}.m3u8`), 'utf8'),
    readFile(path.join(folder, `${name}.mp4`)),
  ]);
  expect(playlist).toContain('#EXT-X-I-FRAMES-ONLY');
  expect(playlist).toContain(`KEYID=0x${kidHex}`);
  const { init, ranges } = readIframes(playlist);
  expect(ranges).toHaveLength(segments.match(/#EXTINF/g)?.length ?? 0);
  for (const [i, { from, to }] of ranges.entries()) {
    const part = path.join(context.settings.STORAGE_DIR, `iframe-${i}.mp4`);
    await writeFile(part, Buffer.concat([bytes.subarray(0, init), bytes.subarray(from, to)]));
    expect(countFrames(part, keyHex)).toBe(1);
  }
}

it.each<[string, string[], boolean]>([
  ['IDR frames', ['-c:v', 'libx264', '-bf', '2'], true],
  [
    'recovery points',
    ['-c:v', 'libx264', '-x264-params', 'open-gop=1:bframes=3:keyint=25:min-keyint=25:scenecut=0'],
    false,
  ],
  ['VP9', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'], true],
  ['HEVC', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'], false],
])('reports whether decoding can begin at each keyframe: %s', async (name, codec, expected) => {
  const file = drawClip(`${name.replaceAll(' ', '-')}.mp4`, [
    ...testPattern('160x90', 25, 4),
    ...codec,
    '-pix_fmt',
    'yuv420p',
  ]);
  expect(await startsWithIdr(file)).toBe(expected);
});

it('reports that decoding can begin nowhere in a truncated file', async () => {
  const context = await openPipeline();
  const file = path.join(context.settings.STORAGE_DIR, 'cut.mp4');
  await writeFile(file, (await readFile(defaultAudio())).subarray(0, 2000));
  expect(await startsWithIdr(file)).toBe(false);
});
