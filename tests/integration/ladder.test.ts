import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { requestPackage } from '@/lib/packages/request-package';
import { drawClip } from '../fixtures/clips';
import { oddAudio, oddClip } from '../fixtures/odd-clip';
import { mpdFaults } from '../harness/mpd-order';
import { folderOf, openPipeline, packageToEnd, segmentLengths, upload, workToEnd } from '../harness/pipeline';

describe('the ladder', () => {
  // A transport stream does not start at zero: at 1.4 s by FFmpeg, at any time by a recorder.
  it.each(['mkv', 'ts'])(
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
      const cuts = (lengths: string[] = []) => lengths.slice(0, -1);
      for (const lengths of encoded) {
        expect(cuts(lengths)).toEqual(cuts(copied));
        expect(lengths).toHaveLength(4);
      }
    },
  );

  // In floating point, 17.4 s - 1.4 s is 15.999999999999998 s, just before the segment that begins at 16 s.
  it.each([
    ['ts', '0'],
    ['flv', '1.4'],
  ])(
    'is aligned when keyframes are on segment boundaries and the file does not begin at zero: %s',
    async (container, offset) => {
      const context = await openPipeline();
      const { id } = await upload(context, lateClip(container, offset));
      const record = await packageToEnd(context, id, null, 'cenc');
      const videos = record.version?.tracks.filter(({ kind }) => kind === 'video') ?? [];
      expect(videos.map(({ isCopied }) => isCopied)).toEqual([true, false]);
      const folder = folderOf(context, record);
      const [copied, encoded] = await Promise.all(videos.map(({ file }) => segmentLengths(folder, file)));
      expect(copied).toHaveLength(6);
      expect(encoded).toEqual(copied);
    },
  );

  it('uses a copy with too high a bitrate in the fast lane only', async () => {
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

  it('begins with its lowest rendition when nothing can be copied and that is much quicker', async () => {
    const context = await openPipeline();
    const source = drawClip('long-hevc.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=6:d=24', ...oddAudio, '-c:a', 'aac'],
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

/** A keyframe every 2 s from the start of the file, which is not zero: FFmpeg starts MPEG-TS at 1.4 s. */
const lateClip = (container: string, offset: string) =>
  drawClip(`late-grid.${container}`, [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=10:d=22', '-output_ts_offset', offset],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', '20', '-sc_threshold', '0'],
    ...['-pix_fmt', 'yuv420p', '-b:v', '900k', '-minrate', '900k', '-maxrate', '900k', '-bufsize', '900k'],
  ]);

/** Packages a video, and returns its steps in order: stages and published versions. */
async function stepsOf(context: Acting, videoId: number) {
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id } = (await requestPackage(context, videoId, options)).package;
  const seen: string[] = [];
  let downloadAfter: string | undefined;
  const { queue, ledger } = context;
  const observed: Acting = {
    ...context,
    queue: {
      ...queue,
      report: (claim, at) => {
        seen.push(at.stage);
        return queue.report(claim, at);
      },
    },
    ledger: {
      ...ledger,
      publish: (claim, publication) => {
        const { version } = publication;
        if (version) seen.push(`v${version.number}: ${version.tracks[0]?.file}`);
        if (publication.download)
          downloadAfter = seen.findLast((step) => step.startsWith('v1') || step.startsWith('v2'));
        return ledger.publish(claim, publication);
      },
    },
  };
  const record = await workToEnd(observed, id);
  const steps = seen.filter((item, i) => item !== seen[i - 1]);
  return { steps, downloadAfter, record };
}
