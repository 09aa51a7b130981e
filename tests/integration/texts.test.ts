import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackageRecord } from '@/db/queries/packages';
import { listTextsOfVideo } from '@/db/queries/texts';
import type { Context } from '@/lib/context';
import { extractTexts } from '@/lib/ffmpeg/extract-texts';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { cancelPackage } from '@/lib/packages/cancel-package';
import { requirePackage } from '@/lib/packages/get-package';
import { packageView } from '@/lib/packages/package-view';
import { retryPackage } from '@/lib/packages/retry-package';
import { planTexts } from '@/lib/packaging/plan-texts';
import { addText } from '@/lib/videos/add-text';
import { deleteText } from '@/lib/videos/delete-text';
import { deleteVideo } from '@/lib/videos/delete-video';
import { listTexts } from '@/lib/videos/list-texts';
import { clip } from '../fixtures/clips';
import { assText, srtText, textClip, vttText } from '../fixtures/text-clips';
import { openPipeline, packageToEnd, receive, upload, workToEnd } from '../support/pipeline';
import { dialogue, encodedDialogue } from '../support/sample-dialogue';
import { filesBelow, tempFolder } from '../support/temp-folder';

const signal = new AbortController().signal;

/** Plans and extracts the text streams of a file; gives each file's content by its name. */
async function extracted(source: string, changeCodec = (codec: string) => codec) {
  const { texts } = await probeSource(source);
  const plan = planTexts(texts.map((stream) => ({ ...stream, codec: changeCodec(stream.codec) })));
  const folder = tempFolder();
  await extractTexts(source, plan.carried, folder, signal);
  const names = await filesBelow(folder);
  const contents = names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
  return { ...plan, files: Object.fromEntries(contents) as Record<string, string> };
}

/** A clip with some of its bytes changed, none added. */
function damaged(name: Parameters<typeof textClip>[0], from: string, to: string): string {
  const bytes = readFileSync(textClip(name));
  bytes.write(to.padEnd(from.length, '\0'), bytes.indexOf(from), 'latin1');
  const file = path.join(tempFolder(), name);
  writeFileSync(file, bytes);
  return file;
}

const fromSrt =
  'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello <i>world</i> &amp; all\n\n00:00:05.000 --> 00:00:06.000\nTwo\nlines\n';
const fromAss =
  'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nSign\nBelow &lt; it\n\n00:00:04.000 --> 00:00:05.000\nkaraoke\u00a0now\n';
const fromVtt =
  'WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:start line:0\n<v Bob>Hello &amp; <c.yellow>you</c></v>\n\n00:02:03.500 --> 00:02:04.000\n漢\n';

describe('the text streams of a source', () => {
  it('of Matroska become WebVTT, each with its role', async () => {
    const { carried, files } = await extracted(textClip('texts.mkv'));
    expect(carried.map(({ file, language, label, role }) => [file, language, label, role])).toEqual([
      ['text-en.vtt', 'en', 'English (captions)', 'caption'],
      ['text-ja.vtt', 'ja', 'Signs (forced)', 'forced-subtitle'],
      ['text-de.vtt', 'de', 'German', 'subtitle'],
    ]);
    expect(files['text-en.vtt']).toBe(fromSrt);
    expect(files['text-ja.vtt']).toBe(fromAss);
    expect(files['text-de.vtt']).toContain('<v Bob>Hello &amp; <c.yellow>you</c></v>\n\n00:02:03.500');
  });

  it('of MP4 become WebVTT', async () => {
    const { files } = await extracted(textClip('mov-text.mp4'));
    expect(Object.keys(files)).toEqual(['text-en-2.vtt', 'text-en.vtt']);
    expect(files['text-en.vtt']).toBe(fromSrt);
  });

  it.each(['late.mkv', 'late.mp4'] as const)(
    'of %s are timed from where its pictures begin',
    async (name) => {
      expect((await probeSource(textClip(name))).startSeconds).toBe(3.2);
      expect((await extracted(textClip(name))).files['text-und.vtt']).toBe(fromSrt);
    },
  );

  it('that begin before the pictures keep in time with them', async () => {
    const { files } = await extracted(textClip('late-video.mkv'));
    expect(files['text-und.vtt']?.match(/.* --> .*/g)).toEqual([
      '00:00:00.000 --> 00:00:00.500',
      '00:00:03.000 --> 00:00:04.000',
    ]);
  });

  it('may have an encoding from before UTF-8', async () => {
    expect((await extracted(textClip('latin1.mkv'))).files['text-fr.vtt']).toContain('\nOù\nlines');
  });

  it.each([
    ['S_HDMV/PGS', 'hdmv_pgs_subtitle'],
    ['S_VOBSUB', 'dvd_subtitle'],
    ['S_DVBSUB', 'dvb_subtitle'],
    ['S_TEXT/TTML', 'unknown'],
  ])('that can’t become text are told, and hinder nothing: %s', async (id, codec) => {
    const { carried, notCarried, files } = await extracted(damaged('texts.mkv', 'S_TEXT/UTF8', id));
    expect(notCarried).toMatchObject([{ codec, language: 'en' }]);
    expect(carried).toHaveLength(2);
    expect(Object.keys(files)).toEqual(['text-de.vtt', 'text-ja.vtt']);
  });

  it('leave the others alone when one of them can not be opened', async () => {
    const broken = damaged('texts.mkv', 'S_TEXT/UTF8', 'S_TEXT/????');
    const { carried, files } = await extracted(broken, (codec) => (codec === 'unknown' ? 'subrip' : codec));
    expect(carried).toHaveLength(3);
    expect(Object.keys(files)).toEqual(['text-de.vtt', 'text-ja.vtt']);
    expect(files['text-ja.vtt']).toBe(fromAss);
  });

  it('leave nothing when there is no text in them, or the file breaks off', async () => {
    const source = damaged('late.mkv', srtText.split('\n')[2] ?? '', '');
    writeFileSync(source, readFileSync(source).subarray(0, 3000));
    const { texts } = await probeSource(textClip('late.mkv'));
    const folder = tempFolder();
    await extractTexts(source, planTexts(texts).carried, folder, signal);
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('are not extracted any more once the work is canceled', async () => {
    const { texts } = await probeSource(textClip('texts.mkv'));
    const canceled = AbortSignal.abort(new Error('canceled'));
    await expect(
      extractTexts(textClip('texts.mkv'), planTexts(texts).carried, tempFolder(), canceled),
    ).rejects.toThrow('canceled');
  });

  it('are in the package', async () => {
    const context = await openPipeline();
    const { id } = await upload(context, textClip('texts.mkv'));
    const { package: row, version } = await packageToEnd(context, id, null, 'cenc');
    expect(row).toMatchObject({ status: 'ready', errorMessage: null });
    expect(
      version?.tracks.filter(({ kind }) => kind === 'text').map(({ file, role }) => [file, role]),
    ).toEqual([
      ['text-en.vtt', 'caption'],
      ['text-ja.vtt', 'forced-subtitle'],
      ['text-de.vtt', 'subtitle'],
    ]);
  });
});

async function withVideo() {
  const context = await openPipeline();
  return { context, video: await upload(context, clip('sound.mp4')) };
}

function add(context: Context, videoId: number, content: string | Buffer, language: string) {
  const file = path.join(tempFolder(), 'upload');
  writeFileSync(file, content);
  return addText(context, videoId, receive(context, file), { language, label: 'A label', role: 'subtitle' });
}

const storedTexts = async ({ settings }: Context) =>
  (await filesBelow(settings.STORAGE_DIR)).filter((file) => /^(texts|incoming)\//.test(file));

async function contentOf(context: Context, videoId: number): Promise<string> {
  const [row] = listTextsOfVideo(context.db, videoId);
  return readFileSync((await context.store.localFile(row?.storageKey ?? '')) ?? '', 'utf8');
}

describe('a text track that is uploaded', () => {
  it.each([
    ['SubRip', srtText, fromSrt],
    ['SubRip with line ends of Windows', srtText.replaceAll('\n', '\r\n'), fromSrt],
    ['SubRip with points and without hours', srtText.replaceAll(/00:(00:0\d),/g, '$1.'), fromSrt],
    ['SubRip without numbers', srtText.replaceAll(/^\d+\n/gm, ''), fromSrt],
    ['SubStation Alpha', assText, fromAss],
    ['WebVTT', vttText, fromVtt],
  ])('becomes WebVTT: %s', async (_, content, expected) => {
    const { context, video } = await withVideo();
    const view = await add(context, video.id, content, 'en');
    expect(view).toMatchObject({ language: 'en', label: 'A label', kind: 'subtitles' });
    expect(listTexts(context, video.id).items).toEqual([view]);
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

  it('goes when it is deleted, and with its video', async () => {
    const { context, video } = await withVideo();
    const first = await add(context, video.id, srtText, 'en');
    await add(context, video.id, vttText, 'de');
    await deleteText(context, video.id, first.id);
    expect(listTexts(context, video.id).items).toMatchObject([{ language: 'de' }]);
    expect(await storedTexts(context)).toHaveLength(1);
    await deleteVideo(context, video.id);
    expect(await storedTexts(context)).toEqual([]);
  });

  it('is not another video’s to delete', async () => {
    const { context, video } = await withVideo();
    const other = await upload(context, clip('sound.mp4'));
    const text = await add(context, video.id, srtText, 'en');
    await expect(deleteText(context, other.id, text.id)).rejects.toMatchObject({ code: 'text-not-found' });
    expect(listTexts(context, video.id).items).toHaveLength(1);
  });
});

it('a change of text tracks that was called off is brought in by a retry', async () => {
  const { context, video } = await withVideo();
  const { id } = (await packageToEnd(context, video.id, null, 'cenc')).package;
  const textsOf = (record: PackageRecord) => record.version?.tracks.filter(({ kind }) => kind === 'text');
  const changeAndCallOff = async (change: () => Promise<unknown>) => {
    await change();
    cancelPackage(context, id);
    expect(packageView(requirePackage(context, id))).toMatchObject({ status: 'ready', textsBehind: true });
  };
  const retry = async () => {
    retryPackage(context, id);
    const record = await workToEnd(context, id);
    expect(packageView(record)).toMatchObject({ status: 'ready', error: null, textsBehind: false });
    return record;
  };

  await changeAndCallOff(() => add(context, video.id, srtText, 'en'));
  expect(textsOf(await retry())).toMatchObject([{ language: 'en', label: 'A label' }]);
  const [text] = listTextsOfVideo(context.db, video.id);
  await changeAndCallOff(() => deleteText(context, video.id, text?.id ?? 0));
  expect(textsOf(await retry())).toEqual([]);
  expect(() => retryPackage(context, id)).toThrow(expect.objectContaining({ code: 'nothing-to-retry' }));
});

describe('leaves nothing behind when it is refused:', () => {
  it.each<[string, string | Buffer, string]>([
    ['a sentence', 'This is not a subtitle.', 'not-a-text-track'],
    ['nothing', '', 'not-a-text-track'],
    ['WebVTT without cues', 'WEBVTT\n\nNOTE nothing', 'not-a-text-track'],
    ['SubStation Alpha without events', assText.replaceAll(/^Dialogue.*\n/gm, ''), 'not-a-text-track'],
    ['cues without text', '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}\n', 'not-a-text-track'],
    ['a list of other files', 'ffconcat version 1.0\nfile /etc/passwd\n', 'not-a-text-track'],
    ['an HLS playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'not-a-text-track'],
    ['a video', readFileSync(clip('sound.mp4')), 'text-encoding-unknown'],
  ])('%s', async (_, content, code) => {
    const { context, video } = await withVideo();
    await expect(add(context, video.id, content, 'en')).rejects.toMatchObject({ code, field: 'file' });
    expect(listTexts(context, video.id).items).toEqual([]);
    // The upload itself goes when its request ends.
    expect(await storedTexts(context)).toEqual([expect.stringMatching(/^incoming\/received-\d+$/)]);
  });
});
