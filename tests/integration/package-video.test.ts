import { readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemes } from '@/lib/media/scheme';
import { clip } from '../fixtures/clips';
import { decryptTrack, frameSums } from '../harness/frames';
import { downloadOf, folderOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';
import { filesBelow } from '../harness/temp-folder';

const key = { keyHex: '76a6c65c5ea762046bd749a2e632ccbb', kidHex: 'a7e61c373e219033c21091fa607bf3b8' };

describe('a source that can be copied', () => {
  it.each([
    ['h264-aac.mp4', 'cenc'],
    ['h264-aac.mkv', 'cbcs'],
  ] as const)(
    "%s by %s: every frame of the stream and of the download is the source's own",
    async (name, scheme) => {
      const context = await openPipeline();
      const source = clip(name);
      const { id } = await upload(context, source);
      const record = await packageToEnd(context, id, key, scheme);
      expect(record.package).toMatchObject({
        status: 'ready',
        progress: 1,
        errorCode: null,
        currentVersion: 2,
      });
      const copied = record.version?.tracks.filter(({ isCopied }) => isCopied).map(({ file }) => file);
      expect(copied).toEqual(['video-source.mp4', 'audio-und.mp4']);
      const folder = folderOf(context, record);
      const download = downloadOf(context, record);
      for (const [kind, file] of [
        ['v', 'video-source.mp4'],
        ['a', 'audio-und.mp4'],
      ] as const) {
        const wanted = frameSums(source, kind);
        expect(wanted.length).toBeGreaterThan(100);
        expect(frameSums(download, kind, key.keyHex)).toEqual(wanted);
        // The track may begin with the AAC encoder's priming frame, which the source's edit list hides.
        const tracked = frameSums(await decryptTrack(folder, file, key), kind);
        expect(tracked.length - wanted.length).toBeLessThanOrEqual(kind === 'a' ? 1 : 0);
        expect(tracked.slice(-wanted.length)).toEqual(wanted);
      }
    },
  );
});

describe('a source that must be encoded', () => {
  it('becomes H.264 High and stereo AAC, with the length of the source', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, clip('vp8-vorbis.webm'));
    const record = await packageToEnd(context, id, key, 'cbcs');
    expect(record.package.status).toBe('ready');
    const [video, audio] = record.version?.tracks ?? [];
    expect(video).toMatchObject({ kind: 'video', isCopied: false, width: 426, height: 240 });
    expect(video?.codec).toMatch(/^avc1\.6400/);
    expect(audio).toMatchObject({ kind: 'audio', isCopied: false, channels: 2, codec: 'mp4a.40.2' });
    const clear = await decryptTrack(folderOf(context, record), video?.file ?? '', key);
    expect(frameSums(clear, 'v')).toHaveLength(100);
    expect(frameSums(downloadOf(context, record), 'v', key.keyHex)).toHaveLength(100);
  });

  it('is encoded when its keyframes are too far apart to cut segments', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, clip('long-gop.mp4'));
    const record = await packageToEnd(context, id, key, 'cenc');
    expect(record.version?.tracks).toMatchObject([{ kind: 'video', isCopied: false }]);
    const hls = await readFile(path.join(folderOf(context, record), 'video-240p.m3u8'), 'utf8');
    expect(hls.match(/#EXTINF:4\.000/g)).toHaveLength(4);
  });
});

describe('black video with silence, much of which the schemes leave in the clear', () => {
  for (const scheme of schemes) {
    it(`is packaged by ${scheme}`, async () => {
      const context = await openPipeline();
      const { id } = await upload(context, clip('black-silence.mp4'));
      const record = await packageToEnd(context, id, key, scheme);
      expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
    });
  }
});

it('audio alone becomes a package of one audio track', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, clip('audio.mp4'));
  const record = await packageToEnd(context, id, key, 'cenc');
  expect(record.version?.tracks).toMatchObject([{ kind: 'audio', isCopied: true }]);
});

it('a source that can no longer be read fails with an explanation, and leaves nothing behind', async () => {
  const context = await openPipeline();
  const video = await upload(context, clip('h264-aac.mkv'));
  writeFileSync(path.join(context.settings.STORAGE_DIR, video.storageKey), Buffer.alloc(5000));
  const { package: row } = await packageToEnd(context, video.id, key, 'cenc');
  expect(row).toMatchObject({ status: 'failed', currentVersion: null, stage: null });
  expect(row.errorMessage).toMatch(/^[A-Z].*\.$/);
  expect(await readdir(path.join(context.settings.STORAGE_DIR, 'work'))).toEqual([]);
  expect(await filesBelow(path.join(context.settings.STORAGE_DIR, 'packages'))).toEqual([]);
});

it('keeps the key out of every argument list, file and row', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, clip('h264-aac.mp4'));
  const seen = new Set<string>();
  const watch = setInterval(() => readArguments(seen), 1);
  await packageToEnd(context, id, key, 'cenc');
  clearInterval(watch);
  const commands = [...seen];
  expect(commands.some((line) => line.includes('packager'))).toBe(true);
  expect(commands.some((line) => line.includes('ffmpeg'))).toBe(true);
  expect(commands.filter((line) => line.includes(key.keyHex))).toEqual([]);
  const root = context.settings.STORAGE_DIR;
  for (const file of await filesBelow(root)) {
    const bytes = readFileSync(path.join(root, file));
    expect(bytes.includes(key.keyHex) || bytes.includes(Buffer.from(key.keyHex, 'hex')), file).toBe(false);
  }
});

/** Collects the arguments of this process's children, as any local user could. */
function readArguments(into: Set<string>): void {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean);
  for (const pid of children) {
    try {
      into.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      // It ended meanwhile.
    }
  }
}
