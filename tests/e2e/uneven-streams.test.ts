import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unevenClips } from '../fixtures/uneven-clips';
import { packageUntilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { startBrowser } from '../support/browser';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Players skip a part for which one of their tracks holds nothing, or wait there for ever. */
for (const [name, draw] of Object.entries(unevenClips)) {
  it(`${name}: played from zero to the end of the longest stream, without a skip`, async () => {
    const video = await uploadFile(server.origin, draw());
    expect(video.durationSeconds).toBeCloseTo(16, 0);
    const made = await packageUntilReady(server.origin, video.id);
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
          player.playbackRate = 2;
          void player.play();
        }),
    );
    // The first is the jump to the start.
    expect(played.skips.slice(1)).toEqual([]);
    expect(played.end).toBeGreaterThan(15.8);
    await page.close();
  });
}
