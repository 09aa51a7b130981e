import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import type { PackageRecord } from '@/lib/ledger/records';
import { addAudio } from '@/lib/packages/add-audio';
import { issueLicense } from '@/lib/packages/issue-license';
import { openMedia } from '@/lib/packages/open-media';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { licensableKeys, revealKeys } from '@/lib/packages/reveal-keys';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { incomingFolder } from '@/lib/storage/folders';
import { packageKey } from '@/lib/storage/keys';
import { clip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { decryptTrack, frameSums } from '../harness/frames';
import { mpdFaults } from '../harness/mpd-order';
import {
  downloadOf,
  folderOf,
  openPipeline,
  packageToEnd,
  receive,
  segmentLengths,
  upload,
  versionOf,
  workToEnd,
} from '../harness/pipeline';
import { preparedPipeline } from '../harness/prepared-pipeline';
import { listFindings } from '../harness/storage-checks';

async function packaged(context: Acting, source: string): Promise<void> {
  const { id } = await upload(context, source);
  await packageToEnd(context, id, null, 'cbcs');
}

const openWithPackage = preparedPipeline((context) => packaged(context, clip('h264-aac.mp4')));

async function madePackage(source?: string) {
  const context = source ? await openPipeline() : await openWithPackage();
  if (source) await packaged(context, source);
  const record = await requirePackage(context, 1, 'play');
  expect(record.package.status).toBe('ready');
  const folder = (number: number) => versionOf(context, record, number);
  return { context, record, id: record.package.id, first: record.package.currentVersion ?? 0, folder };
}

const longerSegments = { ...defaultLadder, segmentSeconds: 6 };

/** A keyframe every 2 s, more than segments need: its copy can be cut where its encodes can't. */
const gridClip = () =>
  drawClip('grid.mp4', [
    ...[...testPattern('640x360', 25, 14), ...tone(440, 14), ...h264, '-sc_threshold', '0', '-c:a', 'aac'],
    ...['-b:v', '900k', '-minrate', '900k', '-maxrate', '900k', '-bufsize', '900k'],
  ]);

/** What the container of a download declares about its audio streams. */
async function audioOf(context: Acting, record: PackageRecord, entries: string): Promise<string[]> {
  const [key] = await revealKeys(context, record.package.id);
  const wanted = ['-show_entries', entries, '-select_streams', 'a', '-of', 'csv=p=0'];
  const download = ['-decryption_key', key?.keyHex ?? '', downloadOf(context, record)];
  const output = execFileSync('ffprobe', ['-v', 'error', ...wanted, ...download]).toString();
  return output.match(/\w.*\w/g) ?? [];
}

const audioLanguages = (context: Acting, record: PackageRecord) =>
  audioOf(context, record, 'stream_tags=language');

/** Three English audio streams: 5.1, a stereo commentary, and 5.1 that no browser plays. */
const manyAudioTracks = () =>
  drawClip('many-audio-streams.mkv', [
    ...[...testPattern('320x180', 25, 4), ...tone(300, 4), ...tone(500, 4), ...tone(700, 4), ...h264],
    ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:a', '-metadata:s:a', 'language=eng'],
    ...['-c:a', 'aac', '-ac:a:0', '6', '-ac:a:1', '2', '-c:a:2', 'ac3', '-ac:a:2', '6'],
    ...['-metadata:s:a:1', 'title=Commentary'],
  ]);

describe('a published package is changed without encoding', () => {
  it('gets new keys: the same frames under another key, and viewers of the older version keep theirs', async () => {
    const { context, id, first, folder } = await madePackage();
    const [before] = await revealKeys(context, id);
    await rekeyPackage(context, id, null);
    const record = await workToEnd(context, id);
    expect(record.package).toMatchObject({ status: 'ready', currentVersion: first + 1 });
    const [after] = await revealKeys(context, id);
    if (!before || !after) throw new Error('No key.');
    expect(after.kidHex).not.toBe(before.kidHex);
    expect((await issuable(context, id)).map(({ kidHex }) => kidHex)).toEqual([before.kidHex, after.kidHex]);
    const wanted = frameSums(clip('h264-aac.mp4'), 'v');
    expect(frameSums(await decryptTrack(await folder(first + 1), 'video-source.mp4', after), 'v')).toEqual(
      wanted,
    );
    expect(frameSums(downloadOf(context, record), 'v', after.keyHex)).toEqual(wanted);
    const mpd = await readFile(path.join(await folder(first + 1), 'manifest.mpd'), 'utf8');
    expect(mpdFaults(mpd)).toEqual([]);
    expect(mpd.replaceAll('-', '')).toContain(after.kidHex);
    expect(mpd.replaceAll('-', '')).not.toContain(before.kidHex);
    expect(mpd).toContain('thumbnails-$Number$.jpg');
  });

  it('gets new keys that revoke the older ones: no license, file or download of these is left', async () => {
    const source = drawClip('tiny.mp4', [...testPattern('320x180', 25, 4), ...h264]);
    const { context, record: first, id } = await madePackage(source);
    const [before] = await revealKeys(context, id);
    const kid = Buffer.from(before?.kidHex ?? '', 'hex').toString('base64url');
    expect((await issueLicense(context, id, { kids: [kid] })).keys).toHaveLength(1);
    await rekeyPackage(context, id, null, true);
    const record = await workToEnd(context, id);
    expect(record.package).toMatchObject({ status: 'ready', errorCode: null });
    await expect(issueLicense(context, id, { kids: [kid] })).rejects.toMatchObject({
      code: 'license-keys-retired',
    });
    const number = record.package.currentVersion ?? 0;
    const { mediaId } = first.package;
    const root = path.join(context.settings.STORAGE_DIR, packageKey(mediaId));
    const expected = [record.package.downloadFolder, record.version?.folder];
    expect((await readdir(root)).toSorted()).toEqual(expected);
    const older = openMedia(context, mediaId, [`v${number - 1}`, 'manifest.mpd']);
    await expect(older).rejects.toMatchObject({ code: 'media-not-found' });
    expect(await listFindings(context)).toEqual([]);
    const [after] = await revealKeys(context, id);
    expect(frameSums(downloadOf(context, record), 'v', after?.keyHex)).toEqual(frameSums(source, 'v'));
  });

  it('keeps its segments, whatever the ladder says today', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, gridClip());
    const before = await packageToEnd(context, id, null, 'cenc');
    await rekeyPackage({ ...context, ladder: longerSegments }, before.package.id, null);
    const after = await workToEnd({ ...context, ladder: longerSegments }, before.package.id);
    expect(after.package.currentVersion).toBe((before.package.currentVersion ?? 0) + 1);
    const files = after.version?.tracks.flatMap(({ kind, file }) => (kind === 'video' ? [file] : [])) ?? [];
    expect(files).toHaveLength(2);
    const cuts = (record: PackageRecord, file: string) => segmentLengths(folderOf(context, record), file);
    for (const file of files) {
      expect(await cuts(after, file), file).toEqual(await cuts(before, file));
      expect(await cuts(after, file), file).toHaveLength(4);
    }
  });

  it('gets the audio of another file as an added track', async () => {
    const { context, id, first } = await madePackage();
    await addAudio(context, id, receive(context, clip('audio.mp4')), { language: 'de', label: null });
    const record = await workToEnd(context, id);
    expect(record.package).toMatchObject({ status: 'ready', currentVersion: first + 1 });
    const audioTracks = record.version?.tracks.filter(({ kind }) => kind === 'audio');
    expect(audioTracks).toMatchObject([
      { file: 'audio-und.mp4' },
      { file: 'audio-de.mp4', language: 'de', label: 'German', role: 'dub' },
    ]);
    expect(await audioLanguages(context, record)).toEqual(['und', 'ger']);
    await rekeyPackage(context, id, null);
    expect(await audioLanguages(context, await workToEnd(context, id))).toEqual(['und', 'ger']);
  });

  it('keeps every audio stream of its source unchanged in the download, and gets each added track once', async () => {
    const { context, id, record, folder } = await madePackage(manyAudioTracks());
    const streams = (made: PackageRecord) => audioOf(context, made, 'stream=codec_name,channels');
    const own = ['aac,6', 'aac,2', 'ac3,6'];
    expect(await streams(record)).toEqual(own);
    await rekeyPackage(context, id, null);
    expect(await streams(await workToEnd(context, id))).toEqual(own);
    const added = drawClip('surround.m4a', [...tone(900, 4), '-c:a', 'ac3', '-ac', '6', '-f', 'mp4']);
    await addAudio(context, id, receive(context, added), { language: 'en', label: null });
    const withAdded = await workToEnd(context, id);
    expect(await streams(withAdded)).toEqual([...own, 'aac,2']);
    const master = await readFile(
      path.join(await folder(withAdded.package.currentVersion ?? 0), 'master.m3u8'),
      'utf8',
    );
    const names = master.match(/(?<=TYPE=AUDIO.*NAME=")[^"]+/g) ?? [];
    expect(names.sort()).toEqual([
      ...['Commentary', 'English', 'English 2', 'English – 5.1', 'English – 5.1 2', 'English – 5.1 3'],
    ]);
    await rekeyPackage(context, id, null);
    expect(await streams(await workToEnd(context, id))).toEqual([...own, 'aac,2']);
  });

  it('gets the text tracks of its video; the encrypted tracks keep their bytes', async () => {
    const { context, record, id, first, folder } = await madePackage();
    const storageKey = 'texts/0123.vtt';
    const { writeFile } = await import('node:fs/promises');
    const local = path.join(incomingFolder(context.settings.STORAGE_DIR), 'x.vtt');
    await writeFile(local, 'WEBVTT\n\n00:00.000 --> 00:02.000\nHallo\n');
    await context.store.putFile(local, storageKey);
    const { videoId } = record.package;
    await context.ledger.addText({ videoId, language: 'de', label: 'Deutsch', role: 'subtitle', storageKey });
    const after = await workToEnd(context, id);
    expect(after.package).toMatchObject({ status: 'ready', currentVersion: first + 1 });
    const text = after.version?.tracks.find(({ kind }) => kind === 'text');
    expect(text).toMatchObject({ language: 'de', label: 'Deutsch', role: 'subtitle' });
    expect(await readFile(path.join(await folder(first + 1), text?.file ?? ''), 'utf8')).toContain('Hallo');
    expect(await readFile(path.join(await folder(first + 1), 'master.m3u8'), 'utf8')).toContain(
      'TYPE=SUBTITLES',
    );
    const [one, two] = await Promise.all(
      [first, first + 1].map(async (n) => readFile(path.join(await folder(n), 'video-source.mp4'))),
    );
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
  });
});

/** The keys that players may request of a package. */
async function issuable(context: Acting, id: number) {
  return licensableKeys(context, (await context.ledger.findPackage(id))?.keys ?? []);
}
