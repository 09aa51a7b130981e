import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { longClip } from '../fixtures/player-clips';
import { postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { tempFolder } from '../harness/temp-folder';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** A server whose ladder takes a while, but less than the video plays: the copy is watched meanwhile. */
async function startSlowServer(): Promise<AppServer> {
  const ladder = path.join(tempFolder(), 'ladder.json');
  writeFileSync(ladder, JSON.stringify({ preset: 'medium' }));
  const server = await startAppServer({ LADDER_FILE: ladder });
  onTestFinished(() => server.stop());
  return server;
}

const timeOf = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
const untilPlayed = (page: Page, seconds: number) =>
  page.waitForFunction((until) => (document.querySelector('video')?.currentTime ?? 0) >= until, seconds, {
    timeout: 60_000,
  });

it('playback continues while the next version is published; a reload plays that version', async () => {
  const server = await startSlowServer();
  const video = await uploadFile(server.origin, longClip());
  const queued: PackageView = await (await postJson(`${server.origin}${video.links.packages}`, {})).json();
  const version = async () =>
    ((await (await fetch(server.origin + queued.links.self)).json()) as PackageView).version;
  const page = await browser.newPage();
  const manifests: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.mpd')) manifests.push(new URL(request.url()).pathname);
  });
  await page.goto(server.origin + queued.links.play);
  await untilPlayed(page, 0.5);
  expect(await version()).toBe(1);
  const watch = await page.evaluateHandle(watchPlayback);

  await expect.poll(version, { timeout: 60_000 }).toBe(2);
  await untilPlayed(page, (await timeOf(page)) + 3);
  expect(await watch.evaluate((seen) => seen)).toEqual({ loads: 0, backwards: 0, stalls: 0 });
  expect(manifests.map((file) => path.basename(path.dirname(file)))).toEqual(['v1']);

  await page.reload();
  await untilPlayed(page, 0.5);
  expect(manifests.map((file) => path.basename(path.dirname(file)))).toEqual(['v1', 'v2']);
  expect(await page.locator('.shaka-resolutions .explicit-resolution').allTextContents()).toEqual([
    '360p',
    '240p',
  ]);
  await page.close();
});

/** Counts, in the page, what would interrupt a viewer: loads, jumps back and stalls. */
function watchPlayback() {
  const seen = { loads: 0, backwards: 0, stalls: 0 };
  const video = document.querySelector('video');
  video?.addEventListener('emptied', () => (seen.loads += 1));
  let last = video?.currentTime ?? 0;
  setInterval(() => {
    const time = video?.currentTime ?? 0;
    if (time < last) seen.backwards += 1;
    if (time === last) seen.stalls += 1;
    last = time;
  }, 1000);
  return seen;
}
