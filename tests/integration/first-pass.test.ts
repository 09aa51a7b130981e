import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import type { TrackSet } from '@/lib/media/package-plan';
import { sourceFile } from '@/lib/media/source-file';
import { beginAttempt } from '@/lib/packaging/attempt';
import { firstPass } from '@/lib/packaging/steps/first-pass';
import { clip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { meansOf, openPipeline } from '../harness/pipeline';
import { sampleJob } from '../harness/sample-job';
import { tempFolder } from '../harness/temp-folder';

/** Runs a first pass; returns its result, the files in its folder and the reported progress. */
async function passOver(source: string, folder = tempFolder(), refused: number[] = []) {
  const context = await openPipeline();
  const progress: number[] = [];
  const queue = {
    ...context.queue,
    report: async (_: unknown, at: { progress: number }) => progress.push(at.progress) > 0,
  };
  const probe = await probeSource(context.tools, source);
  const job = sampleJob({ source: { storageKey: '', name: path.basename(source), probe } });
  const attempt = beginAttempt(job, meansOf({ ...context, queue }), new AbortController().signal);
  const known = { versions: 0, hasDownload: false, refused: new Set(refused), damaged: new Set<number>() };
  const { plan, made } = await firstPass(attempt, sourceFile(source, probe), folder, known);
  return { plan, made: trackFiles(made), progress, files: readdirSync(folder).sort() };
}

it('has the tracks of the fast lane ready with the plan when the source can be copied', async () => {
  const { plan, made, progress, files } = await passOver(clip('h264-aac.mp4'));
  expect(made).toEqual(['audio-und.mp4', 'video-source.mp4']);
  expect(made).toEqual(trackFiles(plan.versions[0]?.make));
  expect(files).toEqual(made);
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('copies what it can where other tracks are encoded', async () => {
  const { plan, made, files } = await passOver(withTwoAudios());
  expect(trackFiles(plan.versions[0]?.make)).toEqual(['audio-en.mp4', 'audio-fr.mp4', 'video-source.mp4']);
  expect(made).toEqual(['audio-fr.mp4', 'video-source.mp4']);
  expect(files).toEqual(made);
});

it('discards only the track whose copy turns out unusable', async () => {
  const { plan, made, files } = await passOver(withGapInAudio());
  expect(plan.versions[0]?.make.audios[0]?.mode).toBe('encode');
  expect([made, files]).toEqual([['video-source.mp4'], ['video-source.mp4']]);
});

it('discards the copy when its keyframes are too far apart', async () => {
  const { plan, made, progress, files } = await passOver(clip('long-gop.mp4'));
  expect([made, files]).toEqual([[], []]);
  expect(plan.versions[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('does not begin a copy that could never be used', async () => {
  const { made, files, progress } = await passOver(clip('vp8-vorbis.webm'));
  expect([made, files, progress]).toEqual([[], [], []]);
});

it('does not begin a copy that was refused before', async () => {
  const { plan, made, files } = await passOver(clip('h264-aac.mp4'), tempFolder(), [0]);
  expect([made, files]).toEqual([[], []]);
  expect(plan.versions[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(plan.versions[0]?.make.audios[0]?.mode).toBe('copy');
});

it('makes no track of a copy that fails, and plans as without the failure', async () => {
  const blocked = () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'video-source.mp4'));
    return folder;
  };
  const wanted = await passOver(clip('h264-aac.mp4'), blocked());
  expect(wanted).toMatchObject({ made: [], files: [] });
  expect(wanted.plan.versions[0]?.make.renditions[0]?.mode).toBe('copy');
  const unwanted = await passOver(clip('long-gop.mp4'), blocked());
  expect(unwanted).toMatchObject({ made: [], files: [] });
});

const trackFiles = (tracks?: TrackSet) =>
  [...(tracks?.renditions ?? []), ...(tracks?.audios ?? [])].map(({ name }) => `${name}.mp4`).sort();

/** H.264 with English audio in AC-3, and French in AAC. */
const withTwoAudios = () =>
  drawClip('two-audios.mkv', [
    ...[...testPattern('320x180', 25, 4), ...tone(440, 4), ...tone(660, 4), ...h264],
    ...['-map', '0', '-map', '1', '-map', '2', '-c:a:0', 'ac3', '-c:a:1', 'aac'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=fra'],
  ]);

/** H.264 with AAC of which two seconds are missing in the middle. */
const withGapInAudio = () => {
  const whole = clip('h264-aac.mp4');
  return drawClip('gap-in-audio.mp4', [
    ...['-i', whole, '-c', 'copy', '-bsf:a', "noise=drop='between(pts*tb,3,5)'"],
  ]);
};
