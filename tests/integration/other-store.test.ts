import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';
import { downloadFile } from '@/lib/media/file-names';
import { addAudio } from '@/lib/packages/add-audio';
import { openDownload } from '@/lib/packages/open-download';
import { openMedia } from '@/lib/packages/open-media';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { StoredFile } from '@/lib/storage/artifact-store';
import { storeFolders } from '@/lib/storage/folders';
import { publishedKey } from '@/lib/storage/keys';
import { addText } from '@/lib/videos/add-text';
import { deleteVideo } from '@/lib/videos/delete-video';
import { openPoster } from '@/lib/videos/poster';
import { objectStore } from '../contract/object-store';
import { clip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { decryptTrack, frameSums } from '../harness/frames';
import { openPipeline, packageToEnd, receive, upload, workToEnd } from '../harness/pipeline';
import { listFindings } from '../harness/storage-checks';
import { filesBelow, tempFile, tempFolder } from '../harness/temp-folder';

// The store port is enough for all work on files: here it has neither folders nor local paths.

const aac = ['-c:a', 'aac', '-ac', '2'];
const source = () =>
  drawClip('short.mp4', [...testPattern('320x180', 25, 4), ...tone(440, 4), ...h264, ...aac]);

/** A context whose store is not the storage folder; `localFiles` lists what is there instead. */
async function openElsewhere() {
  const context = { ...(await openPipeline()), store: objectStore() };
  const folders: string[] = [...Object.values(storeFolders), 'work'];
  const root = context.settings.STORAGE_DIR;
  const localFiles = async () =>
    (await filesBelow(root)).filter((file) => folders.includes(file.split('/')[0] ?? ''));
  return { context, localFiles };
}

const localCopy = async (file: StoredFile) =>
  tempFile(downloadFile, await buffer(file.read(0, file.sizeBytes - 1)));

/** Expects a package to play: its best video track and its download have the frames of a source. */
async function expectFrames(context: Acting, record: PackageRecord, original: string): Promise<void> {
  const { package: row, version } = record;
  const [key] = await revealKeys(context, row.id);
  const folder = await context.store.checkout(publishedKey(row.mediaId, version?.folder ?? ''), tempFolder());
  const track = version?.tracks.find(({ kind }) => kind === 'video');
  if (!key || !folder || !track) throw new Error('The package has no key, no files or no video.');
  const wanted = frameSums(original, 'v');
  expect(wanted).toHaveLength(100);
  expect(frameSums(await decryptTrack(folder, track.file, key), 'v')).toEqual(wanted);
  const { file } = await openDownload(context, row.id);
  expect(frameSums(await localCopy(file), 'v', key.keyHex)).toEqual(wanted);
  const manifest = await openMedia(context, row.mediaId, [`v${version?.number}`, 'manifest.mpd']);
  expect(await text(manifest.read(0, manifest.sizeBytes - 1))).toContain(track.file);
}

/** Tools that cannot copy the streams of a download, the first time. */
function refusingOnce(tools: ToolRunner): ToolRunner {
  let isFirst = true;
  const run: ToolRunner['run'] = (request) => {
    const isRefused = isFirst && request.args.some((arg) => arg.endsWith(downloadFile));
    if (isRefused) isFirst = false;
    return isRefused ? Promise.reject(new AppError('tool-failed', 'Refused.')) : tools.run(request);
  };
  return Object.assign(Object.create(tools), { run });
}

/** Does the work that waits for a package, which must succeed. */
async function work(context: Acting, id: number): Promise<PackageRecord> {
  const record = await workToEnd(context, id);
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  return record;
}

it('a video is uploaded, packaged, changed and deleted with a store of objects', async () => {
  const { context, localFiles } = await openElsewhere();
  const { store } = context;
  const video = await upload(context, source());
  expect((await openPoster(context, video.id)).sizeBytes).toBeGreaterThan(1000);
  const first = await packageToEnd(context, video.id, null, 'cenc');
  expect(first.package).toMatchObject({ status: 'ready', errorMessage: null });
  await expectFrames(context, first, source());
  const { id, mediaId } = first.package;
  expect(await listFindings(context)).toEqual([]);

  const subtitles = path.join(tempFolder(), 'subtitles.vtt');
  writeFileSync(subtitles, 'WEBVTT\n\n00:00.000 --> 00:02.000\nHallo\n');
  const german = { language: 'de', label: 'Deutsch', role: 'subtitle' } as const;
  await addText(context, video.id, receive(context, subtitles), german);
  const withText = await work(context, id);
  const textTrack = withText.version?.tracks.find(({ kind }) => kind === 'text');
  const vtt = await openMedia(context, mediaId, [`v${withText.version?.number}`, textTrack?.file ?? '']);
  expect(await text(vtt.read(0, vtt.sizeBytes - 1))).toContain('Hallo');

  await addAudio(context, id, receive(context, clip('audio.mp4')), { language: 'fr', label: null });
  const withAudio = await work(context, id);
  expect(withAudio.version?.tracks.map(({ file }) => file)).toContain('audio-fr.mp4');
  expect(await store.list(storeFolders.uploads)).toHaveLength(1);

  await rekeyPackage(context, id, null);
  const again = await work({ ...context, tools: refusingOnce(context.tools) }, id);
  await expectFrames(context, again, source());

  const [before] = await revealKeys(context, id);
  await rekeyPackage(context, id, null, true);
  const rekeyed = await work(context, id);
  await expectFrames(context, rekeyed, source());
  expect((await revealKeys(context, id)).map(({ kidHex }) => kidHex)).not.toContain(before?.kidHex);
  const folders = [rekeyed.version?.folder, rekeyed.package.downloadFolder];
  expect((await store.list(`packages/${mediaId}`)).map(({ name }) => name).sort()).toEqual(folders.sort());
  expect(await listFindings(context)).toEqual([]);
  expect(await localFiles()).toEqual([]);

  await deleteVideo(context, video.id);
  for (const folder of Object.values(storeFolders)) expect(await store.list(folder), folder).toEqual([]);
}, 240_000);
