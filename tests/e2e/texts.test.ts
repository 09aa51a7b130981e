import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { TextsView } from '@/lib/videos/text-view';
import { clip } from '../fixtures/clips';
import { srtText, textClip, vttText } from '../fixtures/text-clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { filesBelow } from '../harness/temp-folder';

let server: AppServer;
let videoId: number;
let address: string;
beforeAll(async () => {
  server = await startAppServer();
  videoId = (await uploadFile(server.origin, clip('audio.mp4'))).id;
  address = `${server.origin}/api/videos/${videoId}/texts`;
});
afterAll(() => server.stop());

const textFiles = async () =>
  (await filesBelow(server.storage)).filter((file) => /^(texts|incoming)\//.test(file));
const list = async (): Promise<TextsView> => (await fetch(address)).json();

interface Sent {
  content?: string | Uint8Array;
  name?: string;
  fields?: Record<string, string>;
}

function post({ content = srtText, name = 'a.srt', fields = { language: 'en' } }: Sent = {}, to = address) {
  const form = new FormData();
  form.append('file', new Blob([content as BlobPart]), name);
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  return fetch(to, { method: 'POST', body: form });
}

it('adds, lists and deletes text tracks', async () => {
  const fields = { language: 'pt-br', kind: 'captions', label: ' Legendas\r\n' };
  const answer = await post({ content: vttText, name: 'Ação.vtt', fields });
  expect(answer.status).toBe(201);
  const text = await answer.json();
  expect(text).toMatchObject({ videoId, language: 'pt-BR', kind: 'captions', label: 'Legendas (captions)' });
  expect(answer.headers.get('location')).toBe(text.links.self);
  expect(await list()).toEqual({ items: [text], embedded: [], notCarried: [] });
  expect(await textFiles()).toHaveLength(1);
  const deleted = await fetch(server.origin + text.links.self, { method: 'DELETE' });
  expect(deleted.status).toBe(204);
  expect((await list()).items).toEqual([]);
  expect(await textFiles()).toEqual([]);
});

it('labels a track by its language by default, and accepts fields before or after the file', async () => {
  const form = new FormData();
  form.append('language', 'de');
  form.append('file', new Blob([srtText]), 'a.srt');
  const text = await (await fetch(address, { method: 'POST', body: form })).json();
  expect(text).toMatchObject({ language: 'de', label: 'German', kind: 'subtitles' });
  await fetch(server.origin + text.links.self, { method: 'DELETE' });
});

describe('a text track is refused:', () => {
  /** A refusal leaves no row and no file. */
  afterEach(async () => {
    for (let tries = 0; tries < 100 && (await textFiles()).length > 0; tries += 1) await sleep(50);
    expect(await textFiles()).toEqual([]);
    expect((await list()).items).toEqual([]);
    expect(server.output()).not.toMatch(/uncaught|unhandled/i);
  });

  it.each<[string, Sent, number, string, string]>([
    ['no language', { fields: {} }, 400, 'language-invalid', 'language'],
    ['an unknown language', { fields: { language: 'not a language' } }, 400, 'language-invalid', 'language'],
    ['a path for a language', { fields: { language: '../../x' } }, 400, 'language-invalid', 'language'],
    ['another kind', { fields: { language: 'en', kind: 'toString' } }, 400, 'text-kind-unknown', 'kind'],
    ['another extension', { name: 'a.txt' }, 415, 'extension-not-allowed', 'file'],
    ['no cues', { content: 'Hello' }, 422, 'not-a-text-track', 'file'],
    ['an empty file', { content: '' }, 422, 'not-a-text-track', 'file'],
    [
      'a list of files (ffconcat)',
      { content: 'ffconcat version 1.0\nfile /etc/passwd\n' },
      422,
      'not-a-text-track',
      'file',
    ],
    ['binary data', { content: new Uint8Array(500) }, 422, 'text-encoding-unknown', 'file'],
    ['too many bytes', { content: srtText.repeat(90_000) }, 413, 'file-too-large', 'file'],
  ])('%s', async (_, sent, status, code, field) => {
    const answer = await post(sent);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code, field, detail: expect.stringMatching(/\.$/) });
  });

  it('no file', async () => {
    const form = new FormData();
    form.append('language', 'en');
    const answer = await fetch(address, { method: 'POST', body: form });
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'file-missing']);
  });

  it('a missing video or text track', async () => {
    const nowhere = `${server.origin}/api/videos/999/texts`;
    for (const answer of [
      await post({}, nowhere),
      await fetch(nowhere),
      await fetch(`${nowhere}/1`, { method: 'DELETE' }),
    ])
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'video-not-found']);
    for (const [id, status, code] of [
      ['999', 404, 'text-not-found'],
      ['x', 400, 'id-not-number'],
    ] as const) {
      const answer = await fetch(`${address}/${id}`, { method: 'DELETE' });
      expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
    }
  });
});

/** Waits until a package has been brought up to date. */
async function settled(path: string): Promise<PackageView> {
  for (;;) {
    const view: PackageView = await (await fetch(server.origin + path)).json();
    if (!['queued', 'processing'].includes(view.status)) return view;
    await sleep(100);
  }
}

it('a package has the text tracks of its video, and gets those that are added later', async () => {
  const { id } = await uploadFile(server.origin, textClip('texts.mkv'));
  const pkg = await packageUntilReady(server.origin, id);
  const labels = ({ tracks }: PackageView) =>
    tracks.filter(({ kind }) => kind === 'text').map(({ label }) => label);
  expect(labels(pkg)).toEqual(['English (captions)', 'Signs (forced)', 'German']);
  const latin1 = Buffer.from(srtText.replace('Two', 'Où'), 'latin1');
  await post({ content: latin1, fields: { language: 'fr' } }, `${server.origin}/api/videos/${id}/texts`);
  const later = await settled(pkg.links.self);
  expect(labels(later)).toEqual([...labels(pkg), 'French']);
  const folder = later.links.manifest?.replace(/[^/]*$/, '') ?? '';
  const { file } = later.tracks.find(({ language }) => language === 'fr') ?? {};
  const vtt = await fetch(server.origin + folder + file);
  expect(vtt.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
  expect(await vtt.text()).toContain('Où');
});

it('the page of a video adds, lists and deletes text tracks', async () => {
  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(`${server.origin}/videos/${videoId}`);
  await page.getByRole('button', { name: 'Add captions or subtitles' }).click();
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'Movie.pt-BR.sdh.srt', mimeType: 'text/plain', buffer: Buffer.from(srtText) });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const row = page.getByTestId('text-list').getByRole('listitem');
  await row.getByText('Brazilian Portuguese (captions)').waitFor();
  await row.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete text track' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await list()).items).toEqual([]);
  await browser.close();
});
