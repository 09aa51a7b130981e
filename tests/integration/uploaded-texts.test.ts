import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import type { PackageRecord } from '@/lib/ledger/records';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { packageView } from '@/lib/packages/package-view';
import { retryPackage } from '@/lib/packages/retry-package';
import { addText } from '@/lib/videos/add-text';
import { deleteText } from '@/lib/videos/delete-text';
import { deleteVideo } from '@/lib/videos/delete-video';
import { listTexts } from '@/lib/videos/list-texts';
import { clip } from '../fixtures/clips';
import { assText, fromAss, fromSrt, fromVtt, srtText, vttText } from '../fixtures/text-clips';
import { openPipeline, packageToEnd, receive, upload, workToEnd } from '../harness/pipeline';
import { dialogue, encodedDialogue } from '../harness/sample-dialogue';
import { filesBelow, tempFolder } from '../harness/temp-folder';

async function withVideo() {
  const context = await openPipeline();
  return { context, video: await upload(context, clip('audio.mp4')) };
}

function add(context: Acting, videoId: number, content: string | Buffer, language: string) {
  const file = path.join(tempFolder(), 'upload');
  writeFileSync(file, content);
  return addText(context, videoId, receive(context, file), { language, label: 'A label', role: 'subtitle' });
}

const storedTexts = async ({ settings }: Acting) =>
  (await filesBelow(settings.STORAGE_DIR)).filter((file) => /^(texts|incoming)\//.test(file));

async function contentOf(context: Acting, videoId: number): Promise<string> {
  const [row] = await context.ledger.listTexts(videoId);
  return readFileSync(path.join(context.settings.STORAGE_DIR, row?.storageKey ?? ''), 'utf8');
}

describe('an uploaded text track', () => {
  it.each([
    ['SubRip', srtText, fromSrt],
    ['SubRip with Windows line endings', srtText.replaceAll('\n', '\r\n'), fromSrt],
    ['SubRip with points and without hours', srtText.replaceAll(/00:(00:0\d),/g, '$1.'), fromSrt],
    ['SubRip without numbers', srtText.replaceAll(/^\d+\n/gm, ''), fromSrt],
    ['SubStation Alpha', assText, fromAss],
    ['WebVTT', vttText, fromVtt],
  ])('becomes WebVTT: %s', async (_, content, expected) => {
    const { context, video } = await withVideo();
    const view = await add(context, video.id, content, 'en');
    expect(view).toMatchObject({ language: 'en', label: 'A label', kind: 'subtitles' });
    expect((await listTexts(context, video.id)).items).toEqual([view]);
    expect(await contentOf(context, video.id)).toBe(expected);
    expect(await storedTexts(context)).toEqual([expect.stringMatching(/^texts\/[0-9a-f]{32}\.vtt$/)]);
  });

  const kinds = [
    'windows-1250',
    'KOI8-R',
    'windows-1256',
    'Shift_JIS',
    'GB18030',
    'UTF-16 LE with its mark',
    'UTF-16 BE',
  ];
  it.each(encodedDialogue.filter(([, encoding]) => kinds.includes(encoding)))(
    'is read in %s in %s',
    async (language, _, base64) => {
      const { context, video } = await withVideo();
      await add(context, video.id, Buffer.from(base64, 'base64'), language);
      for (const line of dialogue[language]) expect(await contentOf(context, video.id)).toContain(line);
    },
  );

  it('is removed when it or its video is deleted', async () => {
    const { context, video } = await withVideo();
    const first = await add(context, video.id, srtText, 'en');
    await add(context, video.id, vttText, 'de');
    await deleteText(context, video.id, first.id);
    expect((await listTexts(context, video.id)).items).toMatchObject([{ language: 'de' }]);
    expect(await storedTexts(context)).toHaveLength(1);
    await deleteVideo(context, video.id);
    expect(await storedTexts(context)).toEqual([]);
  });

  it('cannot be deleted through another video', async () => {
    const { context, video } = await withVideo();
    const other = await upload(context, clip('audio.mp4'));
    const text = await add(context, video.id, srtText, 'en');
    await expect(deleteText(context, other.id, text.id)).rejects.toMatchObject({ code: 'text-not-found' });
    expect((await listTexts(context, video.id)).items).toHaveLength(1);
  });
});

it('a retry applies a change of text tracks that was canceled', async () => {
  const { context, video } = await withVideo();
  const { id } = (await packageToEnd(context, video.id, null, 'cenc')).package;
  const textsOf = (record: PackageRecord) => record.version?.tracks.filter(({ kind }) => kind === 'text');
  const changeAndCancel = async (change: () => Promise<unknown>) => {
    await change();
    await cancelPackage(context, id);
    expect(packageView(await requirePackage(context, id, 'play'))).toMatchObject({
      status: 'ready',
      textsBehind: true,
    });
  };
  const retry = async () => {
    await retryPackage(context, id);
    const record = await workToEnd(context, id);
    expect(packageView(record)).toMatchObject({ status: 'ready', error: null, textsBehind: false });
    return record;
  };

  await changeAndCancel(() => add(context, video.id, srtText, 'en'));
  expect(textsOf(await retry())).toMatchObject([{ language: 'en', label: 'A label' }]);
  const [text] = await context.ledger.listTexts(video.id);
  await changeAndCancel(() => deleteText(context, video.id, text?.id ?? 0));
  expect(textsOf(await retry())).toEqual([]);
  await expect(retryPackage(context, id)).rejects.toMatchObject({ code: 'nothing-to-retry' });
});

describe('a refused text track leaves nothing behind:', () => {
  it.each<[string, string | Buffer, string]>([
    ['a sentence', 'This is not a subtitle.', 'not-a-text-track'],
    ['nothing', '', 'not-a-text-track'],
    ['WebVTT without cues', 'WEBVTT\n\nNOTE nothing', 'not-a-text-track'],
    ['SubStation Alpha without events', assText.replaceAll(/^Dialogue.*\n/gm, ''), 'not-a-text-track'],
    ['cues without text', '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}\n', 'not-a-text-track'],
    ['a list of files (ffconcat)', 'ffconcat version 1.0\nfile /etc/passwd\n', 'not-a-text-track'],
    ['an HLS playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'not-a-text-track'],
    ['a video', readFileSync(clip('audio.mp4')), 'text-encoding-unknown'],
  ])('%s', async (_, content, code) => {
    const { context, video } = await withVideo();
    await expect(add(context, video.id, content, 'en')).rejects.toMatchObject({ code, field: 'file' });
    expect((await listTexts(context, video.id)).items).toEqual([]);
    // The request removes the upload itself when it ends.
    expect(await storedTexts(context)).toEqual([expect.stringMatching(/^incoming\/received-\d+$/)]);
  });
});
