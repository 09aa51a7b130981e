import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readWebvtt } from '@/lib/formats/captions/webvtt';
import { captionedBroadcast, captionedMp4, captionTrack } from '../fixtures/captioned';
import { folderOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';

it.each([
  ['H.264 in MP4', captionedMp4],
  ['MPEG-2 in a broadcast', captionedBroadcast],
])('closed captions become a text track: %s', async (_, file) => {
  const context = await openPipeline();
  const { id } = await upload(context, file());
  const record = await packageToEnd(context, id, null, 'cenc');
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(record.version?.tracks.filter(({ kind }) => kind === 'text')).toMatchObject([
    { file: 'text-en-cc1.vtt', language: 'en', label: 'English (CC)', role: 'caption' },
  ]);
  const cues = readWebvtt(await readFile(path.join(folderOf(context, record), 'text-en-cc1.vtt'), 'utf8'));
  expect(cues.map(({ text }) => text)).toEqual(['HELLO CAPTIONS', 'A &lt; B &amp; C', 'LAST WORDS']);
  // Each appears with the frame of its end code: frames 13, 30 + 11 and 60 + 11, at 25 a second.
  for (const [i, frame] of [13, 41, 71].entries())
    expect(Math.abs((cues[i]?.startMs ?? 0) - frame * 40)).toBeLessThan(120);
});

it('a caption track becomes a text track', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, captionTrack());
  const record = await packageToEnd(context, id, null, 'cenc');
  expect(record.version).toMatchObject({ notCarried: [] });
  expect(record.version?.tracks.filter(({ kind }) => kind === 'text')).toMatchObject([
    { file: 'text-de-cc1.vtt', label: 'German (CC)', role: 'caption' },
  ]);
  const webvtt = await readFile(path.join(folderOf(context, record), 'text-de-cc1.vtt'), 'utf8');
  expect(readWebvtt(webvtt).map(({ text }) => text)).toEqual(['HELLO', 'WORLD']);
});
