import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

it('two dropped files are uploaded, packaged and played, from the library page alone', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.locator('input[type=file]').setInputFiles([clip('h264-aac.mp4'), clip('vp8-vorbis.webm')]);
  const play = page.getByRole('link', { name: /play/i });
  await expect.poll(() => play.count(), { timeout: 90_000 }).toBe(2);
  await play.first().click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1, null, {
    timeout: 60_000,
  });
  await page.close();
});

it('a file that is no video is refused with a reason, and none is added', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  const before = (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'note.mp4', mimeType: 'video/mp4', buffer: Buffer.from('hello') });
  await page
    .getByText(/not a video/i)
    .first()
    .waitFor({ timeout: 30_000 });
  expect((await (await fetch(`${server.origin}/api/videos`)).json()).items).toHaveLength(before);
  await page.close();
});

it('the server renders the newest videos, and the browser takes them over as they are', async () => {
  const { name } = await uploadFile(server.origin, clip('audio.mp4'), 'Rendered by the server.mp4');
  const withoutScripts = await browser.newContext({ javaScriptEnabled: false });
  const read = await withoutScripts.newPage();
  await read.goto(server.origin);
  expect(await read.getByTestId('video-card').first().textContent()).toContain(name);
  await withoutScripts.close();

  // React reports text that differs from the server's as an error, and renders the page anew.
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(server.origin);
  await page.getByText('Options').click();
  await page.getByLabel('Use my own key').waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
