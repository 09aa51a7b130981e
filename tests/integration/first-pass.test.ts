import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { noFacts } from '@/lib/media/source-survey';
import { beginAttempt } from '@/lib/packaging/attempt';
import { speculativeCopy } from '@/lib/packaging/speculative-copy';
import { clip } from '../fixtures/clips';
import { openPipeline } from '../support/pipeline';
import { sampleJob } from '../support/sample-job';
import { tempFolder } from '../support/temp-folder';

/** Runs a speculative copy; returns its result, the files in its folder and the reported progress. */
async function copyAhead(source: string, folder = tempFolder(), refused: number[] = []) {
  const context = await openPipeline();
  const progress: number[] = [];
  const queue = {
    ...sqliteQueue(context.db),
    report: async (_: unknown, at: { progress: number }) => progress.push(at.progress) > 0,
  };
  const probe = await probeSource(source);
  const job = sampleJob({ source: { storageKey: '', name: path.basename(source), probe } });
  const attempt = beginAttempt(job, { ...context, queue }, new AbortController().signal);
  const { planned, isCopied } = await speculativeCopy(attempt, source, folder, {
    ...noFacts,
    refused: new Set(refused),
  });
  return { planned, isCopied, progress, files: readdirSync(folder).sort() };
}

it('has the tracks of the fast lane ready with the plan when the source can be copied', async () => {
  const { planned, isCopied, progress, files } = await copyAhead(clip('h264-aac.mp4'));
  expect(isCopied).toBe(true);
  const made = planned.lanes[0]?.make;
  const names = [...(made?.renditions ?? []), ...(made?.audios ?? [])].map(({ name }) => `${name}.mp4`);
  expect(files).toEqual(names.sort());
  expect(files).toEqual(['audio-und.mp4', 'video-source.mp4']);
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('discards the copy when its keyframes are too far apart', async () => {
  const { planned, isCopied, progress, files } = await copyAhead(clip('long-gop.mp4'));
  expect([isCopied, files]).toEqual([false, []]);
  expect(planned.lanes[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('does not begin a copy that could never be used', async () => {
  const { isCopied, progress, files } = await copyAhead(clip('vp8-vorbis.webm'));
  expect([isCopied, files, progress]).toEqual([false, [], []]);
});

it('does not begin a copy that was refused before', async () => {
  const { planned, isCopied, files } = await copyAhead(clip('h264-aac.mp4'), tempFolder(), [0]);
  expect([isCopied, files]).toEqual([false, []]);
  expect(planned.lanes[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(planned.lanes[0]?.make.audios[0]?.mode).toBe('copy');
});

it('leaves no file of a copy that fails, and plans as without the failure', async () => {
  const blocked = () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'video-source.mp4'));
    return folder;
  };
  const wanted = await copyAhead(clip('h264-aac.mp4'), blocked());
  expect(wanted).toMatchObject({ isCopied: false, files: [] });
  expect(wanted.planned.lanes[0]?.make.renditions[0]?.mode).toBe('copy');
  expect(await copyAhead(clip('long-gop.mp4'), blocked())).toMatchObject({ isCopied: false, files: [] });
});
