import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawClip, tone } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { untilPlayed } from '../harness/player-menus';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const seconds = 24;
/** 360p of about 0.9 Mbit/s. */
const clip = () =>
  drawClip('fits.mp4', [
    ...['-f', 'lavfi', '-i', `testsrc2=s=640x360:r=25:d=${seconds},noise=alls=8:allf=t`],
    ...tone(440, seconds),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '800k', '-maxrate', '850k', '-bufsize', '850k'],
    ...['-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac', '-b:a', '128k', '-ac', '2'],
  ]);

// A machine that is busy for seconds looks like a slow connection; one that is wrong fails each time.
it('plays the best quality that the connection allows: 360p at 1.5 Mbit/s, and stays there', {
  retry: 2,
}, async () => {
  const video = await uploadFile(server.origin, clip());
  const made = await packageUntilReady(server.origin, video.id);
  expect(made.tracks.flatMap(({ height }) => height ?? []).sort()).toEqual([240, 360]);
  const page = await (await browser.newContext()).newPage();
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const bytesPerSecond = 1_500_000 / 8;
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await page.goto(server.origin + made.links.play, { waitUntil: 'commit' });
  await untilPlayed(page, 10);
  const height = () => page.evaluate(() => document.querySelector('video')?.videoHeight);
  expect(await height()).toBe(360);
  await untilPlayed(page, 20);
  expect(await height()).toBe(360);
  await page.context().close();
});
