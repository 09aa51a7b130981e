import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { type FlakyProxy, startFlakyProxy } from '../harness/flaky-proxy';
import { untilPlayed } from '../harness/player-menus';

let server: AppServer;
let browser: Browser;
let made: PackageView;
let proxy: FlakyProxy;
let page: Page;

/** Longer than the player's buffer. */
const clip = () =>
  drawClip('outage.mp4', [
    ...testPattern('426x240', 25, 40),
    ...tone(440, 40),
    ...h264,
    '-c:a',
    'aac',
    '-ac',
    '2',
  ]);

beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  const video = await uploadFile(server.origin, clip());
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  proxy = await startFlakyProxy(server.origin);
  page = await (await browser.newContext()).newPage();
  // The clock runs by itself, and can be fast-forwarded.
  await page.clock.install();
});
afterEach(async () => {
  await page.context().close();
  await proxy.stop();
});

const position = () =>
  page.evaluate(() => {
    const video = document.querySelector('video');
    const { buffered, currentTime = 0 } = video ?? {};
    return { seconds: currentTime, bufferedUntil: buffered?.length ? buffered.end(buffered.length - 1) : 0 };
  });
const setSpeed = (speed: number) =>
  page.evaluate((speed) => {
    const video = document.querySelector('video');
    if (video) video.playbackRate = speed;
  }, speed);

/** Plays the whole buffer, at four times the speed, after which the page reports that it reconnects. */
async function playBuffer() {
  await setSpeed(4);
  await reconnecting().waitFor({ timeout: 60_000 });
  await setSpeed(1);
  return position();
}
const failure = () => page.locator('[data-testid=player-error]');
const reconnecting = () => page.locator('[data-testid=player-reconnecting]');

it('plays its buffer when the server is gone, waits without an error, and resumes at the same position', async () => {
  await page.goto(proxy.origin + made.links.play);
  await untilPlayed(page, 1);
  await proxy.goDown();
  await playBuffer();
  // The whole buffer is played; a busy machine may stop for a moment before its end.
  const left = async () => {
    const { bufferedUntil, seconds } = await position();
    return bufferedUntil - seconds;
  };
  await expect.poll(left, { timeout: 30_000 }).toBeLessThan(1);
  const stopped = await position();
  expect(stopped.seconds).toBeGreaterThan(2);
  await page.clock.fastForward(30_000);
  expect(await failure().count()).toBe(0);

  await proxy.comeBack();
  await untilPlayed(page, stopped.seconds + 1);
  expect((await position()).seconds).toBeLessThan(stopped.seconds + 10);
  expect(await reconnecting().count()).toBe(0);
});

it('shows an error after a minute, which disappears when the server is back', async () => {
  await page.goto(proxy.origin + made.links.play);
  await untilPlayed(page, 1);
  await proxy.goDown();
  const { seconds } = await playBuffer();
  await page.clock.fastForward(61_000);
  await failure().waitFor();
  expect(await failure().getAttribute('data-code')).toBe('connection-lost');

  await proxy.comeBack();
  await failure().waitFor({ state: 'detached', timeout: 30_000 });
  await untilPlayed(page, seconds + 1);
});

it('retries at once when the browser is online again', async () => {
  await page.goto(proxy.origin + made.links.play);
  await untilPlayed(page, 1);
  await page.context().setOffline(true);
  const { seconds } = await playBuffer();
  // No timer of the page fires from now on: only the `online` event can cause the retry.
  await page.clock.pauseAt(Date.now() + 1_000_000);
  await page.context().setOffline(false);
  await page.waitForFunction((before) => {
    const { buffered } = document.querySelector('video') ?? {};
    return buffered?.length && buffered.end(buffered.length - 1) > before + 1;
  }, seconds);
});

it('a license request that fails for a minute is reported, and playback begins once it succeeds', async () => {
  proxy.licenses.failing = 1_000;
  await page.goto(proxy.origin + made.links.play);
  await reconnecting().waitFor({ timeout: 60_000 });
  await page.clock.fastForward(61_000);
  await failure().waitFor();
  expect(await failure().getAttribute('data-code')).toBe('http-503');
  proxy.licenses.failing = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await untilPlayed(page, 1);
  expect(await failure().count()).toBe(0);
});
