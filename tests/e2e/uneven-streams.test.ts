import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { unevenClips } from '../fixtures/uneven-clips';
import { postJson, untilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { startBrowser } from '../support/browser';

let server: AppServer;
let browser: Browser;
/** Asked for at the start: the server packages the next while the browser plays. */
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

/** Players skip a part for which one of their tracks holds nothing, or wait there for ever. */
for (const name of Object.keys(unevenClips)) {
  it(`${name}: played from zero to the end of the longest stream, without a skip`, async () => {
    const asked = requested.get(name);
    if (!asked) throw new Error(`${name} was not asked for.`);
    const made = await untilReady(server.origin, asked);
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
          // The player begins at its own rate.
          player.ontimeupdate = () => {
            player.playbackRate = 3;
          };
          void player.play();
        }),
    );
    // The first is the jump to the start.
    expect(played.skips.slice(1)).toEqual([]);
    expect(played.end).toBeGreaterThan(15.8);
    await page.close();
  });
}
