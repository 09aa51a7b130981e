import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractTextTracks } from '@/lib/ffmpeg/extract-text-tracks';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { sourceFile } from '@/lib/media/source-file';
import { planTextTracks } from '@/lib/packaging/plan/plan-text-tracks';
import { fromAss, fromSrt, srtText, textClip } from '../fixtures/text-clips';
import { openPipeline, packageToEnd, upload } from '../harness/pipeline';
import { filesBelow, tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const signal = new AbortController().signal;

/** Plans and extracts the text streams of a file; returns each file's content by its name. */
async function extracted(source: string, changeCodec = (codec: string) => codec) {
  const { texts } = await probeSource(tools, source);
  const plan = planTextTracks(texts.map((stream) => ({ ...stream, codec: changeCodec(stream.codec) })));
  const folder = tempFolder();
  await extractTextTracks(tools, sourceFile(source), plan.carried, folder, signal);
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

  it.each(['late.mkv', 'late.mp4'] as const)('of %s are timed from the start of its video', async (name) => {
    expect((await probeSource(tools, textClip(name))).startSeconds).toBe(3.2);
    expect((await extracted(textClip(name))).files['text-und.vtt']).toBe(fromSrt);
  });

  it('that begin before the video stay in sync with it', async () => {
    const { files } = await extracted(textClip('late-video.mkv'));
    expect(files['text-und.vtt']?.match(/.* --> .*/g)).toEqual([
      '00:00:00.000 --> 00:00:00.500',
      '00:00:03.000 --> 00:00:04.000',
    ]);
  });

  it('may have a legacy encoding', async () => {
    expect((await extracted(textClip('latin1.mkv'))).files['text-fr.vtt']).toContain('\nOù\nlines');
  });

  it.each([
    ['S_HDMV/PGS', 'hdmv_pgs_subtitle'],
    ['S_VOBSUB', 'dvd_subtitle'],
    ['S_DVBSUB', 'dvb_subtitle'],
    ['S_TEXT/TTML', 'unknown'],
  ])('that can’t become text are reported, and do not affect the others: %s', async (id, codec) => {
    const { carried, notCarried, files } = await extracted(damaged('texts.mkv', 'S_TEXT/UTF8', id));
    expect(notCarried).toMatchObject([{ codec, language: 'en' }]);
    expect(carried).toHaveLength(2);
    expect(Object.keys(files)).toEqual(['text-de.vtt', 'text-ja.vtt']);
  });

  it('do not affect each other when one of them cannot be opened', async () => {
    const broken = damaged('texts.mkv', 'S_TEXT/UTF8', 'S_TEXT/????');
    const { carried, files } = await extracted(broken, (codec) => (codec === 'unknown' ? 'subrip' : codec));
    expect(carried).toHaveLength(3);
    expect(Object.keys(files)).toEqual(['text-de.vtt', 'text-ja.vtt']);
    expect(files['text-ja.vtt']).toBe(fromAss);
  });

  it('leave nothing when they hold no text, or the file is truncated', async () => {
    const source = damaged('late.mkv', srtText.split('\n')[2] ?? '', '');
    writeFileSync(source, readFileSync(source).subarray(0, 3000));
    const { texts } = await probeSource(tools, textClip('late.mkv'));
    const folder = tempFolder();
    await extractTextTracks(tools, sourceFile(source), planTextTracks(texts).carried, folder, signal);
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('are not extracted once the work is canceled', async () => {
    const { texts } = await probeSource(tools, textClip('texts.mkv'));
    const canceled = AbortSignal.abort(new Error('canceled'));
    await expect(
      extractTextTracks(
        tools,
        sourceFile(textClip('texts.mkv')),
        planTextTracks(texts).carried,
        tempFolder(),
        canceled,
      ),
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
