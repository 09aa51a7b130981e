import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { clip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { srtText } from '../fixtures/text-clips';
import { packageUntilReady, untilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

const english = ['-c:a', 'aac', '-metadata:s:a:0', 'language=eng'];
const sourceVideo = () =>
  drawClip('english.mp4', [...testPattern('320x180', 25, 4), ...tone(440, 4), ...h264, ...english]);

let server: AppServer;
let browser: Browser;
let made: PackageView;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  const { id } = await uploadFile(server.origin, sourceVideo());
  made = await packageUntilReady(server.origin, id);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const packageNow = async (): Promise<PackageView> => (await fetch(server.origin + made.links.self)).json();
/** The package after the change that the page requested. */
const packageAfter = async () => untilReady(server.origin, await packageNow());

async function openVideoPage(prepare = async (_page: Page) => {}): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await prepare(page);
  await page.goto(`${server.origin}/videos/${made.videoId}`);
  return page;
}

/** Plays the package for a second; returns the manifests and the KIDs that the player requested. */
async function watch(page: Page) {
  const requested = { manifests: [] as string[], kids: [] as string[] };
  page.on('request', (request) => {
    if (request.url().endsWith('.mpd')) requested.manifests.push(new URL(request.url()).pathname);
    if (!request.url().endsWith('/license')) return;
    const { kids }: { kids: string[] } = JSON.parse(request.postData() ?? '');
    requested.kids.push(...kids.map((kid) => Buffer.from(kid, 'base64url').toString('hex')));
  });
  await page.goto(server.origin + made.links.play);
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1, null, {
    timeout: 30_000,
  });
  return requested;
}

const menu = (page: Page, name: 'audio' | 'text') =>
  page.locator(`.shaka-${name}-languages [role=menuitemradio]`).allTextContents();

it('gives a package new keys, and the player plays the next version with them', async () => {
  const page = await openVideoPage();
  await page.getByRole('button', { name: 'Show key' }).click();
  await page.getByRole('button', { name: 'Hide key' }).waitFor();
  await page.getByRole('button', { name: 'New keys…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Older copies need the old key/).waitFor();
  await dialog.getByLabel('Use my own key').check();
  const confirm = dialog.getByRole('button', { name: 'Make new keys' });
  await confirm.click();
  await dialog.getByText('Enter the KID, or generate one.').waitFor();
  await dialog.getByLabel('KID', { exact: true }).fill(made.kids[0] ?? '');
  await dialog.getByRole('button', { name: 'Generate' }).last().click();
  await confirm.click();
  await dialog.getByText(/^This package already uses this KID/).waitFor();
  expect((await packageNow()).status).toBe('ready');

  await dialog.getByRole('button', { name: 'Generate' }).first().click();
  const kid = await dialog.getByLabel('KID', { exact: true }).inputValue();
  await confirm.click();
  await dialog.waitFor({ state: 'detached' });
  const after = await packageAfter();
  expect(after).toMatchObject({ version: (made.version ?? 0) + 1, kids: [kid] });
  await page.getByText(kid).waitFor();
  // The key that was shown is no longer the package's.
  await page.getByRole('button', { name: 'Show key' }).waitFor();
  expect(await watch(page)).toEqual({ manifests: [after.links.manifest], kids: [kid] });
  await page.context().close();
});

it('adds an audio language, which the player offers', async () => {
  const page = await openVideoPage();
  await page.getByRole('button', { name: 'Add audio…' }).click();
  const form = page.getByRole('form', { name: 'Add an audio language' });
  const file = form.getByLabel('File');
  await file.setInputFiles({ name: 'Movie.de.m4a', mimeType: 'audio/mp4', buffer: Buffer.from('hello') });
  const add = form.getByRole('button', { name: 'Add audio' });
  await add.click();
  await form.getByRole('alert').getByText('The file holds no audio that can be read.').waitFor();
  expect(await file.getAttribute('aria-invalid')).toBe('true');
  await file.setInputFiles(clip('audio.mp4'));
  await form.getByLabel('Language').selectOption('German');
  await form.getByLabel('Label').fill('Neu vertont');
  await add.click();
  await form.waitFor({ state: 'detached' });
  const { tracks } = await packageAfter();
  expect(tracks.filter(({ kind }) => kind === 'audio')).toMatchObject([
    { language: 'en' },
    { language: 'de', role: 'dub', label: 'Neu vertont' },
  ]);
  await page.getByRole('cell', { name: 'German' }).waitFor();
  await watch(page);
  expect(await menu(page, 'audio')).toEqual(['English', 'Neu vertont']);
  await page.context().close();
});

it('adds a text track with its own label', async () => {
  const page = await openVideoPage();
  await page.getByRole('button', { name: 'Add captions or subtitles' }).click();
  const form = page.getByRole('form', { name: 'Add captions or subtitles' });
  const file = { mimeType: 'text/plain', buffer: Buffer.from('no cues') };
  await form.getByLabel('File').setInputFiles({ name: 'Movie.fr.srt', ...file });
  await form.getByLabel('Label').fill('Les chansons');
  await form.getByRole('button', { name: 'Add' }).click();
  await form.getByRole('alert').waitFor();
  expect(await form.getByLabel('File').getAttribute('aria-invalid')).toBe('true');
  const cues = { mimeType: 'text/plain', buffer: Buffer.from(srtText) };
  await form.getByLabel('File').setInputFiles({ name: 'Movie.fr.srt', ...cues });
  await form.getByRole('button', { name: 'Add' }).click();
  await page.getByTestId('text-list').getByText('Les chansons').waitFor();
  await packageAfter();
  await watch(page);
  expect(await menu(page, 'text')).toEqual(['Les chansons', 'Off']);
  await page.context().close();
});

it('shows the work on a package, and why it can’t be changed meanwhile', async () => {
  // The real work ends too soon to be observed.
  const inWork = { status: 'processing', stage: 'package', progress: 0.9 } as const;
  const page = await openVideoPage(async (page) => {
    await page.route(`${server.origin}/api/videos/${made.videoId}`, async (route) => {
      const response = await route.fetch();
      const video: VideoView = await response.json();
      const packages = video.packages.map((pkg) => ({ ...pkg, ...inWork }));
      await route.fulfill({ response, json: { ...video, packages } });
    });
  });
  await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // refetches at once
  const panel = page.getByTestId('package-panel');
  await panel.getByText('Making the next version: encrypting').waitFor();
  await panel.getByText('90%').waitFor();
  for (const name of ['New keys…', 'Add audio…']) {
    const button = panel.getByRole('button', { name });
    expect(await button.isDisabled(), name).toBe(true);
    const reason = await button.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${reason}"]`).textContent()).toBe(
      'Possible when the work on this package is done.',
    );
  }
  await page.context().close();
});
