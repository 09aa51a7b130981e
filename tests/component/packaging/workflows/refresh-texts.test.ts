import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { requestPackage } from '@/lib/packages/request-package';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { publishedKey } from '@/lib/storage/keys';
import { meansOf } from '@/tests/harness/pipeline';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { insertJobs, sampleVersion, stored } from '@/tests/harness/sample-database';

const noTexts = {
  'manifest.mpd': '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period></Period></MPD>',
  'master.m3u8': '#EXTM3U\n',
  'video-1080p.mp4': 'encrypted',
};
const text = {
  videoId: 1,
  language: 'de',
  label: 'Deutsch',
  role: 'subtitle',
  storageKey: 'texts/a.vtt',
} as const;

/** A published package without text tracks, whose video gets one. */
async function openWithText() {
  const context = sampleContext();
  const { ledger, queue, settings } = context;
  const write = async (key: string, content: string) => {
    const file = path.join(settings.STORAGE_DIR, key);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  insertJobs(context.db, 0); // the video only
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id, mediaId } = (await requestPackage(context, 1, options)).package;
  const first = await claimJob(context);
  for (const [name, content] of Object.entries(noTexts))
    await write(`${publishedKey(mediaId, 'v1')}/${name}`, content);
  await ledger.publish(first, { version: sampleVersion(1) });
  await ledger.recordChecksums(first, { version: { number: 1, files: { a: 'b' } }, downloadSha256: null });
  await queue.complete(first);
  await write(text.storageKey, 'WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n');
  await ledger.addText(text);
  const contentOf = (folder: string, name: string) =>
    readFileSync(path.join(settings.STORAGE_DIR, publishedKey(mediaId, folder), name), 'utf8');
  return { context, id, contentOf };
}

it('makes a version with the text tracks of the video, and changes no file of the one before', async () => {
  const { context, id, contentOf } = await openWithText();
  const job = await claimJob(context);
  await doJob(job, meansOf(context), new AbortController().signal);
  await context.queue.complete(job);
  const { package: row, versions } = stored(context.db, id);
  expect(row).toMatchObject({ status: 'ready', currentVersion: 2, errorCode: null });
  const [before, after] = versions;
  expect(after).toMatchObject({ number: 2, folder: `v2-job${job.id}-1` });
  expect(after?.tracks).toEqual([...(before?.tracks ?? []), expect.objectContaining({ language: 'de' })]);
  expect(Object.keys(after?.checksums ?? {})).toContain('manifest.mpd');
  expect(contentOf(after?.folder ?? '', 'video-1080p.mp4')).toBe('encrypted');
  expect(contentOf(after?.folder ?? '', 'manifest.mpd')).toContain('lang="de"');
  for (const [name, content] of Object.entries(noTexts)) expect(contentOf('v1', name)).toBe(content);
});
