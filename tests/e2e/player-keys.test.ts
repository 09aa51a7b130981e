import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { choose, untilPlayed } from '../harness/player-menus';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

it('switches between renditions with different keys: one key for SD, another for HD', async () => {
  const clip = [...testPattern('1280x720', 25, 12), ...tone(440, 12), ...h264, '-c:a', 'aac'];
  const video = await uploadFile(server.origin, drawClip('sd-and-hd.mp4', clip));
  const made = await packageUntilReady(server.origin, video.id, { keys: 'per-track-type' });
  const heights = made.tracks.flatMap(({ height }) => height ?? []);
  expect(heights.toSorted((a, b) => a - b)).toEqual([240, 360, 480, 720]);

  const page = await (await browser.newContext()).newPage();
  await page.goto(server.origin + made.links.play);
  await untilPlayed(page, 0.3);
  await page.evaluate(() => document.querySelector('video')?.setAttribute('loop', ''));
  for (const height of [720, 240, 720]) {
    await choose(page, '.shaka-resolution-button', `${height}p`);
    await page.waitForFunction((wanted) => document.querySelector('video')?.videoHeight === wanted, height);
    const from = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await page.waitForFunction(
      (before) => Math.abs((document.querySelector('video')?.currentTime ?? 0) - before) > 0.5,
      from,
    );
  }
});
