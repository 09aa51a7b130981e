import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { menuClip } from '../fixtures/player-clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { choose, settings, untilPlayed } from '../harness/player-menus';

let server: AppServer;
let browser: Browser;
let made: PackageView;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  const video = await uploadFile(server.origin, menuClip());
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Opens the player as a new viewer: paused at its start, with the controls shown. */
async function openPlayer(prepare = async (_page: Page) => {}): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await prepare(page);
  await page.goto(server.origin + made.links.play);
  await pauseAtStart(page);
  return page;
}

async function pauseAtStart(page: Page): Promise<void> {
  await untilPlayed(page, 0.3);
  await page.evaluate(() => {
    const video = document.querySelector('video');
    if (video) [video.loop, video.currentTime] = [true, 0];
    video?.pause();
  });
  await page.mouse.move(300, 200);
}

const itemsOf = (page: Page, menu: string) =>
  page.locator(`${menu} [role=menuitemradio]`).evaluateAll((items) => items.map((item) => item.textContent));
const chosenIn = (page: Page, menu: string) =>
  page.locator(`${menu} [aria-checked=true]`).evaluateAll((items) => items.map((item) => item.textContent));

const state = (page: Page) =>
  page.evaluate(() => {
    const { paused, muted, volume, playbackRate, videoHeight } = document.querySelector('video') ?? {};
    return { paused, muted, volume, playbackRate, videoHeight };
  });

it('the menus list qualities, audio tracks and captions', async () => {
  const page = await openPlayer();
  expect(await itemsOf(page, '.shaka-resolutions')).toEqual(['480p', '360p', '240p', 'Auto']);
  expect(await itemsOf(page, '.shaka-audio-languages')).toEqual([
    'English',
    'English – 5.1',
    'German',
    'Director’s commentary',
  ]);
  expect(await chosenIn(page, '.shaka-audio-languages')).toEqual(['English']);
  expect(await itemsOf(page, '.shaka-text-languages')).toEqual(['English', 'Off']);
  const speeds = page.locator('.shaka-playback-rate-presets button');
  expect(await speeds.allTextContents()).toEqual(['0.5', '0.75', '1', '1.25', '1.5', '1.75', '2']);
  await page.context().close();
});

it('a viewer’s choices are kept when the page is opened again', async () => {
  const page = await openPlayer();
  await choose(page, '.shaka-language-button', 'German');
  await choose(page, '.shaka-caption-button', 'English');
  await choose(page, '.shaka-resolution-button', '240p');
  await choose(page, '.shaka-playbackrate-button', '1.5');
  await page.keyboard.press('m');
  await page.reload();
  await pauseAtStart(page);
  expect(await chosenIn(page, '.shaka-audio-languages')).toEqual(['German']);
  expect(await chosenIn(page, '.shaka-text-languages')).toEqual(['English']);
  expect(await chosenIn(page, '.shaka-resolutions')).toEqual(['240p']);
  expect(await state(page)).toMatchObject({ playbackRate: 1.5, muted: true, videoHeight: 240 });
  await choose(page, '.shaka-caption-button', 'Off');
  await choose(page, '.shaka-language-button', 'English – 5.1');
  await page.reload();
  await pauseAtStart(page);
  expect(await chosenIn(page, '.shaka-audio-languages')).toEqual(['English – 5.1']);
  expect(await chosenIn(page, '.shaka-text-languages')).toEqual(['Off']);
  await page.context().close();
});

it('a choice that a video does not offer is kept for the next one', async () => {
  const kept = '{"quality":1080,"text":{"language":"fr","role":"subtitle"}}';
  const page = await openPlayer(async (page) => {
    await page.addInitScript((kept) => localStorage.setItem('cenclave:player', kept), kept);
  });
  expect(await chosenIn(page, '.shaka-resolutions')).toEqual(['480p']);
  expect(await chosenIn(page, '.shaka-text-languages')).toEqual(['Off']);
  expect(await page.evaluate(() => localStorage.getItem('cenclave:player'))).toBe(kept);
  await page.context().close();
});

it('the keyboard plays, mutes, seeks, changes the speed and shows captions', async () => {
  const page = await openPlayer();
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(100);
    return state(page);
  };
  expect(await press(' ')).toMatchObject({ paused: false });
  expect(await press('k')).toMatchObject({ paused: true });
  expect(await press('m')).toMatchObject({ muted: true });
  expect(await press('m')).toMatchObject({ muted: false });
  expect(await press('>')).toMatchObject({ playbackRate: 1.25 });
  expect(await press('<')).toMatchObject({ playbackRate: 1 });
  await press('c');
  expect(await chosenIn(page, '.shaka-text-languages')).toEqual(['English']);
  await press('c');
  expect(await chosenIn(page, '.shaka-text-languages')).toEqual(['Off']);
  await page.evaluate(() => document.querySelector('video')?.fastSeek?.(0));
  await press('l');
  expect(await page.evaluate(() => document.querySelector('video')?.currentTime)).toBeGreaterThan(3);
  await press('j');
  expect(await page.evaluate(() => document.querySelector('video')?.currentTime)).toBeLessThan(0.5);
  await press('f');
  expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  expect(await press('ArrowDown')).toMatchObject({ volume: 0.9 });
  await page.context().close();
});

it('the video moves to its own window, and returns when that is closed', async () => {
  const page = await openPlayer();
  const isInPage = (wanted: boolean) =>
    page.waitForFunction((is) => (document.querySelector('video') !== null) === is, wanted);
  await page.mouse.move(300 + Math.random() * 50, 200);
  await settings(page).click();
  const opened = page.context().waitForEvent('page');
  await page.locator('.shaka-pip-button').locator('visible=true').click();
  const ownWindow = await opened;
  await isInPage(false);
  expect(await ownWindow.locator('video').count()).toBe(1);
  await ownWindow.close();
  await isInPage(true);
});

it('a key that presses a button of the page does not control the player', async () => {
  const page = await openPlayer();
  await page.getByRole('button', { name: 'Copy link' }).focus();
  await page.keyboard.press(' ');
  await page.waitForTimeout(200);
  expect(await state(page)).toMatchObject({ paused: true });
  await page.context().close();
});

it('the seek bar shows a thumbnail at the pointer', async () => {
  const page = await openPlayer();
  const sheet = page.waitForResponse((answer) => answer.url().includes('/thumbnails-1.jpg'));
  const bar = await page.locator('.shaka-seek-bar-container').boundingBox();
  if (!bar) throw new Error('No seek bar.');
  await page.mouse.move(bar.x + bar.width * 0.6, bar.y + bar.height / 2);
  expect((await sheet).status()).toBe(200);
  const image = page.locator('.shaka-player-ui-thumbnail-image');
  // The third of five thumbnails in a row: the sheet keeps its width and is shifted behind the frame.
  await expect.poll(() => image.evaluate((sheet) => sheet.style.left)).toMatch(/^-/);
  const { sheetWidth, frameWidth } = await image.evaluate((sheet) => ({
    sheetWidth: sheet.getBoundingClientRect().width,
    frameWidth: sheet.parentElement?.getBoundingClientRect().width ?? 0,
  }));
  expect(sheetWidth / frameWidth).toBeCloseTo(5, 0);
  await page.context().close();
});

it.each([
  ['holds invalid data', () => localStorage.setItem('cenclave:player', '{"speed":"fast","audio":[')],
  [
    'is not available',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('SecurityError');
        },
      }),
  ],
])('plays when the browser’s storage %s', async (_, breakStorage) => {
  const page = await openPlayer(async (page) => void (await page.addInitScript(breakStorage)));
  expect(await state(page)).toMatchObject({ playbackRate: 1 });
  expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
  await page.context().close();
});

it('a player whose script does not load says so after a minute, and starts once it loads', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.clock.install();
  await page.route('**/shaka-player/**', (route) => route.abort());
  await page.goto(server.origin + made.links.play);
  await page.locator('[data-testid=player-reconnecting]').waitFor();
  await page.clock.fastForward(61_000);
  const failure = page.locator('[data-testid=player-error]');
  await failure.waitFor();
  expect(await failure.innerText()).toContain('The connection to the server was lost');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await untilPlayed(page, 0.3);
  expect(await failure.count()).toBe(0);
  await page.context().close();
});

it('scripts and styles are compressed, with the same content as without', async () => {
  const html = await (await fetch(server.origin + made.links.play)).text();
  const addresses = new Set(html.match(/\/(?:_next\/static\/chunks|shaka-player)\/[\w.~/-]+/g));
  expect([...addresses]).toEqual(
    expect.arrayContaining([expect.stringMatching(/\.css$/), expect.stringMatching(/\/shaka-player\//)]),
  );
  for (const address of addresses) {
    const get = (encoding: string) =>
      fetch(server.origin + address, { headers: { 'Accept-Encoding': encoding } });
    const plain = await get('identity');
    expect([address, plain.status, plain.headers.get('content-encoding')]).toEqual([address, 200, null]);
    const content = await plain.text();
    for (const encoding of ['gzip', 'br']) {
      const packed = await get(encoding);
      // A smaller file fits into one packet.
      const expected = content.length < 1024 ? null : encoding;
      expect([address, packed.headers.get('content-encoding')]).toEqual([address, expected]);
      // fetch decompresses.
      expect(await packed.text()).toBe(content);
    }
  }
});

it('the script of the player is cached for good, under the installed version', async () => {
  const html = await (await fetch(server.origin + made.links.play)).text();
  const address = /\/shaka-player\/\d+\.\d+\.\d+\/[\w.-]+/.exec(html)?.[0] ?? '';
  const script = await fetch(server.origin + address);
  expect(script.status).toBe(200);
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(script.headers.get('content-type')).toContain('text/javascript');
  const other = await fetch(`${server.origin}/shaka-player/1.0.0/shaka-player.ui.js`);
  expect(other.status).toBe(404);
});
