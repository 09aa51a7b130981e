import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { nothingKnown } from '@/lib/media/source-survey';
import { beginAttempt } from '@/lib/packaging/attempt';
import { speculativeCopy } from '@/lib/packaging/speculative-copy';
import { clip } from '../fixtures/clips';
import { openPipeline } from '../support/pipeline';
import { sampleJob } from '../support/sample-job';
import { tempFolder } from '../support/temp-folder';

/** Copies ahead, and tells what came of it: what lies in the folder, and the progress that was told. */
async function ahead(source: string, folder = tempFolder(), refused: number[] = []) {
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
    ...nothingKnown,
    refused: new Set(refused),
  });
  return { planned, isCopied, progress, files: readdirSync(folder).sort() };
}

it('has the tracks of the fast lane, when the plan is made, where the source can be copied', async () => {
  const { planned, isCopied, progress, files } = await ahead(clip('h264-aac.mp4'));
  expect(isCopied).toBe(true);
  const made = planned.lanes[0]?.make;
  const names = [...(made?.renditions ?? []), ...(made?.audios ?? [])].map(({ name }) => `${name}.mp4`);
  expect(files).toEqual(names.sort());
  expect(files).toEqual(['audio-und.mp4', 'video-source.mp4']);
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('takes the copy back where its keyframes are too far apart', async () => {
  const { planned, isCopied, progress, files } = await ahead(clip('long-gop.mp4'));
  expect([isCopied, files]).toEqual([false, []]);
  expect(planned.lanes[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(Math.max(...progress)).toBeLessThan(0.1);
});

it('does not begin what could never be of use', async () => {
  const { isCopied, progress, files } = await ahead(clip('vp8-vorbis.webm'));
  expect([isCopied, files, progress]).toEqual([false, [], []]);
});

it('does not begin what was refused before', async () => {
  const { planned, isCopied, files } = await ahead(clip('h264-aac.mp4'), tempFolder(), [0]);
  expect([isCopied, files]).toEqual([false, []]);
  expect(planned.lanes[0]?.make.renditions[0]?.mode).toBe('encode');
  expect(planned.lanes[0]?.make.audios[0]?.mode).toBe('copy');
});

it('leaves a copy that fails to be made again, or to be refused, where it was of use', async () => {
  const blocked = () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'video-source.mp4'));
    return folder;
  };
  const wanted = await ahead(clip('h264-aac.mp4'), blocked());
  expect(wanted).toMatchObject({ isCopied: false, files: [] });
  expect(wanted.planned.lanes[0]?.make.renditions[0]?.mode).toBe('copy');
  expect(await ahead(clip('long-gop.mp4'), blocked())).toMatchObject({ isCopied: false, files: [] });
});
