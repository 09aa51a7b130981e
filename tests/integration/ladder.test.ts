import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackageRecord } from '@/db/queries/packages';
import type { Context } from '@/lib/context';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { readDash } from '@/lib/manifest/read-dash';
import { requirePackage } from '@/lib/packages/get-package';
import { requestPackage } from '@/lib/packages/request-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { doJob } from '@/lib/packaging/do-job';
import { packageKey } from '@/lib/storage/keys';
import { openPoster } from '@/lib/videos/poster';
import { drawClip } from '../fixtures/clips';
import { sourceClip } from '../fixtures/source-clips';
import { decryptTrack, frameSums } from '../support/frames';
import { mpdFaults } from '../support/mpd-order';
import { downloadOf, openPipeline, packageToEnd, upload, workToEnd } from '../support/pipeline';

/** Natural-looking enough to need bits, with keyframes at odd times, as cameras and editors make them. */
const scene = ['-f', 'lavfi', '-i', 'testsrc2=s=854x480:r=30000/1001:d=14,noise=alls=12:allf=t'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:r=48000:d=14'];
const oddKeyframes = ['-force_key_frames', '0,1.3,4.7,5.1,9.9,12', '-sc_threshold', '0', '-g', '1000'];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p', ...oddKeyframes];
const oddClip = (rate: string, container = 'mkv') =>
  drawClip(`odd-keyframes-${rate}.${container}`, [
    ...scene,
    ...sound,
    ...h264,
    '-b:v',
    rate,
    '-maxrate',
    rate,
    '-bufsize',
    rate,
    '-c:a',
    'aac',
  ]);

const folderOf = (context: Context, { package: row }: PackageRecord) =>
  path.join(context.settings.STORAGE_DIR, packageKey(row.mediaId), `v${row.currentVersion}`);

const segmentLengths = async (folder: string, file: string) =>
  (await readFile(path.join(folder, file.replace('.mp4', '.m3u8')), 'utf8')).match(/#EXTINF:[\d.]+/g);

describe('the ladder', () => {
  // A transport stream does not start at zero: 1.4 s by FFmpeg, any time by a recorder.
  it.each(['mkv', 'mp4', 'ts'])(
    'has the copied source as its top rung, aligned with the encoded ones: %s',
    async (container) => {
      const context = await openPipeline();
      const { id } = await upload(context, oddClip('1800k', container));
      const record = await packageToEnd(context, id, null, 'cenc');
      const videos = record.version?.tracks.filter(({ kind }) => kind === 'video') ?? [];
      expect(videos.map(({ file }) => file)).toEqual([
        'video-source.mp4',
        'video-360p.mp4',
        'video-240p.mp4',
      ]);
      const folder = folderOf(context, record);
      const mpd = await readFile(path.join(folder, 'manifest.mpd'), 'utf8');
      expect(mpdFaults(mpd)).toEqual([]);
      expect(mpd).toMatch(/<AdaptationSet[^>]*contentType="video"[^>]*subsegmentAlignment="true"/);
      const [copied, ...encoded] = await Promise.all(videos.map(({ file }) => segmentLengths(folder, file)));
      expect(copied).toHaveLength(4);
      for (const lengths of encoded) expect(lengths).toEqual(copied);
    },
  );

  it('leaves a copy with too high a bitrate to the fast lane', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, oddClip('6M'));
    const record = await packageToEnd(context, id, null, 'cenc');
    const videos = record.version?.tracks.filter(({ kind }) => kind === 'video') ?? [];
    expect(videos.map(({ file, isCopied }) => [file, isCopied])).toEqual([
      ['video-480p.mp4', false],
      ['video-360p.mp4', false],
      ['video-240p.mp4', false],
    ]);
    for (const { file, width, height } of videos)
      expect(Math.abs((width ?? 0) / (height ?? 1) - 854 / 480), file).toBeLessThan(0.02);
  });

  it('comes after the fast lane: playable before any video is encoded', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, oddClip('1800k'));
    const { steps, downloadAfter } = await stepsOf(context, id);
    expect(downloadAfter).toBe('v1: video-source.mp4');
    expect(steps).toEqual([
      ...['probe', 'copy', 'package', 'verify', 'publish', 'v1: video-source.mp4'],
      ...['encode', 'package', 'verify', 'publish', 'v2: video-source.mp4'],
    ]);
  });

  it('begins with its lowest rendition, where nothing can be copied and that is much quicker', async () => {
    const context = await openPipeline();
    const source = drawClip('long-hevc.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=6:d=24', ...sound, '-c:a', 'aac'],
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
    ]);
    const { id } = await upload(context, source);
    const { steps, record } = await stepsOf(context, id);
    expect(steps).toEqual([
      ...['probe', 'encode', 'package', 'verify', 'publish', 'v1: video-240p.mp4'],
      ...['encode', 'package', 'verify', 'publish', 'v2: video-720p.mp4'],
    ]);
    const videos = (record.version?.tracks ?? []).filter(({ kind }) => kind === 'video');
    expect(videos.map(({ file }) => file)).toEqual([
      'video-720p.mp4',
      'video-480p.mp4',
      'video-360p.mp4',
      'video-240p.mp4',
    ]);
    const lengths = await Promise.all(
      videos.map(({ file }) => segmentLengths(folderOf(context, record), file)),
    );
    expect(lengths[0]).toHaveLength(6);
    for (const other of lengths) expect(other).toEqual(lengths[0]);
  });
});

/** Packages a video, and tells what was done in which order: stages, and what was published. */
async function stepsOf(context: Context, videoId: number) {
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id } = requestPackage(context, videoId, options).package;
  const seen: string[] = [];
  let downloadAfter: string | undefined;
  const queue = sqliteQueue(context.db);
  const told: typeof queue = {
    ...queue,
    report: (job, at) => {
      seen.push(at.stage);
      return queue.report(job, at);
    },
    publish: (job, publication) => {
      const { version } = publication;
      if (version) seen.push(`v${version.number}: ${version.tracks[0]?.file}`);
      if (publication.download)
        downloadAfter = seen.findLast((step) => step.startsWith('v1') || step.startsWith('v2'));
      return queue.publish(job, publication);
    },
  };
  const worker = startWorker(told, (job, signal) => doJob(job, { ...context, queue: told }, signal));
  while (['queued', 'processing'].includes(requirePackage(context, id).package.status))
    await new Promise((next) => setTimeout(next, 20));
  await worker.stop();
  const steps = seen.filter((item, i) => item !== seen[i - 1]);
  return { steps, downloadAfter, record: requirePackage(context, id) };
}

it('a key for each type of track: each opens its own tracks, and the download has its own', async () => {
  const context = await openPipeline();
  const { id: videoId } = await upload(context, oddClip('1800k'));
  const options = {
    key: null,
    scheme: 'cbcs',
    keyMode: 'per-track-type',
    signalling: ['widevine', 'playready'],
  } as const;
  const record = await workToEnd(context, requestPackage(context, videoId, options).package.id);
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  const keys = revealKeys(context, record.package.id);
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

it('HDR is brought into the range of ordinary screens', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, sourceClip('hdr-pq.mkv'));
  const record = await packageToEnd(context, id, null, 'cenc');
  const [key] = revealKeys(context, record.package.id);
  if (!key) throw new Error('No key.');
  const clear = await decryptTrack(folderOf(context, record), record.version?.tracks[0]?.file ?? '', key);
  const entries = ['-show_entries', 'stream=color_transfer,color_primaries,pix_fmt', '-of', 'csv=p=0'];
  const told = execFileSync('ffprobe', ['-v', 'error', ...entries, clear])
    .toString()
    .trim();
  expect(told).toBe('yuv420p,bt709,bt709');
});

it('a poster shows something, though the video begins black', async () => {
  const context = await openPipeline();
  const black = "drawbox=c=black:t=fill:enable='lt(t,6)'";
  const clip = drawClip('black-first.mp4', [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=320x180:r=25:d=10,${black}`,
    '-pix_fmt',
    'yuv420p',
  ]);
  const { id } = await upload(context, clip);
  const poster = await openPoster(context, id);
  expect(poster.sizeBytes).toBeGreaterThan(6000);
});

it('audio tracks are told by language, title and role, and kept apart', async () => {
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
  const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=5'];
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac', '-c:a:2', 'ac3'];
  const clip = drawClip('languages.mkv', [...pictures, ...tones, ...map, ...codecs, ...tags]);
  const { id } = await upload(context, clip);
  const record = await packageToEnd(context, id, null, 'cenc');
  const sounds = record.version?.tracks.filter(({ kind }) => kind === 'audio');
  expect(sounds?.map(({ file, language, label, role }) => [file, language, label, role])).toEqual([
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
  const [key] = revealKeys(context, record.package.id);
  const entries = ['-show_entries', 'stream_tags=language', '-select_streams', 'a', '-of', 'csv=p=0'];
  const download = ['-decryption_key', key?.keyHex ?? '', downloadOf(context, record)];
  expect(
    execFileSync('ffprobe', ['-v', 'error', ...entries, ...download])
      .toString()
      .match(/[a-z]{3}/g),
  ).toEqual(['eng', 'eng', 'ger']);
});
