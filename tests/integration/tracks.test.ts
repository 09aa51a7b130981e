import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readDash } from '@/lib/formats/dash/read-dash';
import { requestPackage } from '@/lib/packages/request-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip } from '../fixtures/clips';
import { oddClip } from '../fixtures/odd-clip';
import { decryptTrack, frameSums } from '../harness/frames';
import { mpdFaults } from '../harness/mpd-order';
import { downloadOf, folderOf, openPipeline, packageToEnd, upload, workToEnd } from '../harness/pipeline';
import { sampleKey } from '../harness/sample-plan';

it('a key for each type of track decrypts its own tracks, and the download has its own key', async () => {
  const context = await openPipeline();
  const { id: videoId } = await upload(context, oddClip('1800k'));
  const options = {
    key: null,
    scheme: 'cbcs',
    keyMode: 'per-track-type',
    signalling: ['widevine', 'playready'],
  } as const;
  const record = await workToEnd(context, (await requestPackage(context, videoId, options)).package.id);
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  const keys = await revealKeys(context, record.package.id);
  const folder = folderOf(context, record);
  const mpd = await readFile(path.join(folder, 'manifest.mpd'), 'utf8');
  expect(mpdFaults(mpd)).toEqual([]);
  for (const track of readDash(mpd)) {
    const label = track.kind === 'audio' ? 'audio' : 'sd';
    const key = keys.find((item) => item.label === label);
    if (!key) throw new Error('No key.');
    expect(track.protection?.kidHex, track.file).toBe(key.kidHex);
    const clear = await decryptTrack(folder, track.file, key);
    expect(frameSums(clear, track.kind === 'audio' ? 'a' : 'v').length).toBeGreaterThan(100);
  }
  const download = keys.find(({ label }) => label === 'download');
  expect(frameSums(downloadOf(context, record), 'v', download?.keyHex).length).toBeGreaterThan(100);
  expect(mpd).toContain('edef8ba9-79d6-4ace-a3c8-27dcd51d21ed');
  expect(mpd).toContain('9a04f079-9840-4286-ab92-e65be0885f95');
});

it('audio tracks are distinguished by language, title and role', async () => {
  const context = await openPipeline();
  const tones = [300, 500, 700].flatMap((hertz) => ['-f', 'lavfi', '-i', `sine=${hertz}:r=48000:d=5`]);
  const map = ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:a'];
  const tags = [
    ...[
      '-metadata:s:a:0',
      'language=eng',
      '-metadata:s:a:1',
      'language=eng',
      '-metadata:s:a:2',
      'language=ger',
    ],
    ...['-metadata:s:a:1', 'title=Director\'s commentary, "uncut"'],
  ];
  const video = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=5'];
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac', '-c:a:2', 'ac3'];
  const clip = drawClip('languages.mkv', [...video, ...tones, ...map, ...codecs, ...tags]);
  const { id } = await upload(context, clip);
  const record = await packageToEnd(context, id, null, 'cenc');
  const audioTracks = record.version?.tracks.filter(({ kind }) => kind === 'audio');
  expect(audioTracks?.map(({ file, language, label, role }) => [file, language, label, role])).toEqual([
    ['audio-en.mp4', 'en', 'English', 'main'],
    ['audio-en-2.mp4', 'en', 'Director\'s commentary, "uncut"', 'commentary'],
    ['audio-de.mp4', 'de', 'German', 'alternate'],
  ]);
  const folder = folderOf(context, record);
  const mpd = await readFile(path.join(folder, 'manifest.mpd'), 'utf8');
  expect(mpdFaults(mpd)).toEqual([]);
  expect(mpd.match(/<AdaptationSet[^>]*contentType="audio"/g)).toHaveLength(3);
  expect(mpd).toContain('>Director\'s commentary, "uncut"</Label>');
  expect(await readFile(path.join(folder, 'master.m3u8'), 'utf8')).toContain(
    "NAME=\"Director's commentary, 'uncut'\"",
  );
  const [key] = await revealKeys(context, record.package.id);
  const entries = ['-show_entries', 'stream_tags=language', '-select_streams', 'a', '-of', 'csv=p=0'];
  const download = ['-decryption_key', key?.keyHex ?? '', downloadOf(context, record)];
  expect(
    execFileSync('ffprobe', ['-v', 'error', ...entries, ...download])
      .toString()
      .match(/[a-z]{3}/g),
  ).toEqual(['eng', 'eng', 'ger']);
});

it('a source with a timecode, as from cameras, is packaged with its download', async () => {
  const context = await openPipeline();
  const clip = drawClip('timecode.mov', [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=5', '-timecode', '01:00:00:00'],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '50'],
  ]);
  const record = await packageToEnd(context, (await upload(context, clip)).id, sampleKey, 'cenc');
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(frameSums(downloadOf(context, record), 'v', sampleKey.keyHex)).toHaveLength(125);
});
