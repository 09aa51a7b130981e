import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { unevenClips } from '../fixtures/uneven-clips';
import { postJson, untilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

let server: AppServer;
let browser: Browser;
/** Requested at the start: the server packages the next clip while the browser plays. */
const requested = new Map<string, PackageView>();
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  for (const [name, draw] of Object.entries(unevenClips)) {
    const { durationSeconds, links } = await uploadFile(server.origin, draw());
    expect(durationSeconds, name).toBeCloseTo(16, 0);
    requested.set(name, await (await postJson(server.origin + links.packages, {})).json());
  }
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Where one of the tracks has a gap, players skip it or stall. */
for (const name of Object.keys(unevenClips)) {
  it.concurrent(`${name}: plays from zero to the end of the longest stream, without a skip`, async () => {
    const queued = requested.get(name);
    if (!queued) throw new Error(`${name} was not requested.`);
    const made = await untilReady(server.origin, queued);
    expect(Math.abs(made.durationSeconds - 16)).toBeLessThan(0.1);
    const page = await browser.newPage();
    await page.goto(server.origin + made.links.play);
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    const played = await page.evaluate(
      () =>
        new Promise<{ skips: number[]; end: number }>((resolve) => {
          const player = document.querySelector('video');
          if (!player) return;
          const skips: number[] = [];
          player.onseeking = () => skips.push(player.currentTime);
          player.onended = () => resolve({ skips, end: player.currentTime });
          player.currentTime = 0;
          // The player sets its own rate when it begins.
          player.ontimeupdate = () => {
            player.playbackRate = 3;
          };
          void player.play();
        }),
    );
    // The first seek is the one to the start.
    expect(played.skips.slice(1)).toEqual([]);
    expect(played.end).toBeGreaterThan(15.8);
    await page.close();
  });
}
