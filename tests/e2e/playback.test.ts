import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/db/sqlite/client';
import { loadMasterKey } from '@/lib/keys/master-key';
import { wrapKey } from '@/lib/keys/wrap-key';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

let server: AppServer;
let browser: Browser;
let made: PackageView;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Waits until the player has played to a time, and returns how many frames it has shown by then. */
async function playTo(page: Page, seconds: number): Promise<{ frames: number; dropped: number }> {
  await page.waitForFunction(
    (until) => (document.querySelector('video')?.currentTime ?? 0) >= until,
    seconds,
    { timeout: 60_000 },
  );
  return page.evaluate(() => {
    const quality = document.querySelector('video')?.getVideoPlaybackQuality();
    return { frames: quality?.totalVideoFrames ?? 0, dropped: quality?.droppedVideoFrames ?? 0 };
  });
}

/** Opens a page and records its requests to other hosts. */
async function openPage(address: string): Promise<{ page: Page; foreign: string[] }> {
  const page = await browser.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(server.origin).host) foreign.push(request.url());
  });
  await page.goto(server.origin + address);
  return { page, foreign };
}

describe('Chromium plays the encrypted stream', () => {
  // Each scheme is played in every browser: see tests/browsers.
  it('without a request to another host', async () => {
    const { page, foreign } = await openPage(made.links.play);
    const { frames } = await playTo(page, 3);
    // 25 frames a second, decoded a little ahead. A frozen or black player shows at most one frame.
    expect(frames).toBeGreaterThanOrEqual(60);
    expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
    expect(foreign).toEqual([]);
    await page.close();
  });

  it('by itself as soon as the package becomes playable', async () => {
    const video = await uploadFile(server.origin, clip('vp8-vorbis.webm'));
    const queued = await (await postJson(`${server.origin}${video.links.packages}`, {})).json();
    const { page } = await openPage(queued.links.play);
    expect((await playTo(page, 2)).frames).toBeGreaterThanOrEqual(40);
    await page.close();
  });
});

// From here on, the package does not play.
it('a wrong key ends in a readable error', async () => {
  replaceKey(made.id, made.kids[0] ?? '');
  const { page } = await openPage(made.links.play);
  const error = page.locator('[data-testid=player-error]');
  await error.waitFor({ timeout: 60_000 });
  expect(((await error.textContent()) ?? '').length).toBeGreaterThan(20);
  expect(await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0)).toBeLessThan(1);
  await page.close();
});

/** Stores another key under the package's KID, as if keys had been mixed up. */
function replaceKey(packageId: number, kidHex: string): void {
  const masterKey = loadMasterKey(path.join(server.storage, 'master.key'), true);
  const wrapped = wrapKey({ kidHex, keyHex: '00112233445566778899aabbccddeeff' }, masterKey);
  const db = openDatabase(path.join(server.storage, 'cenclave.db'));
  db.$client.prepare('UPDATE content_keys SET wrapped_key = ? WHERE package_id = ?').run(wrapped, packageId);
  db.$client.close();
}

it('the page of a package that does not exist says so', async () => {
  const { page } = await openPage('/play/999');
  await page
    .getByText(/no video behind this link/i)
    .first()
    .waitFor({ timeout: 30_000 });
  await page.close();
});
