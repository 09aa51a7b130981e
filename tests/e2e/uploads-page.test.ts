import { statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { filesBelow, tempFolder } from '../harness/temp-folder';
import { largeVideoFile, sha256Of } from '../harness/tus';

const MiB = 1024 * 1024;
const chunkBytes = 8 * MiB;

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

let page: Page;
let offsets: number[];
let file: string;

/** A page that uploads 26 MiB in about three seconds; `offsets` records where each chunk begins. */
beforeEach(async () => {
  file = largeVideoFile(tempFolder(), 26 * MiB);
  page = await (await browser.newContext()).newPage();
  offsets = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 10 * MiB,
  });
  await page.goto(server.origin);
});

/** Uses the button, with which the page lets the same file be chosen again. */
async function choose(): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose videos' }).click();
  await (await chooser).setFiles(file);
}
const videos = async () => (await (await fetch(`${server.origin}/api/videos`)).json()).items;
const uploads = () => filesBelow(path.join(server.storage, 'incoming-resumable'));

async function untilArrived(count: number): Promise<void> {
  await expect.poll(async () => (await videos()).length, { timeout: 60_000 }).toBe(count);
  const folder = path.join(server.storage, 'uploads');
  const hashes = (await filesBelow(folder)).map((name) => sha256Of(path.join(folder, name)));
  expect(await Promise.all(hashes)).toContain(await sha256Of(file));
  expect(await uploads()).toEqual([]);
}

/** The browser's records for resuming uploads. */
const rememberedUploads = () =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tus::')));

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Cancels the upload, and confirms that in the dialog. */
async function cancel(): Promise<void> {
  await button(/^cancel the upload of/i).click();
  await button('Cancel the upload').click();
}

/** Holds the chunk that begins at an offset, until the returned function is called. */
async function holdAt(offset: number): Promise<() => Promise<void>> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/uploads/*', async (route) => {
    if (Number(route.request().headers()['upload-offset']) === offset) await held;
    await route.continue().catch(() => {}); // it may be aborted by then
  });
  return async () => {
    release();
    await page.unroute('**/api/uploads/*');
  };
}

/** How many bytes were sent more than once. */
function bytesSentAgain(): number {
  return offsets.slice(1).reduce((sum, offset, i) => {
    const end = Math.min((offsets[i] ?? 0) + chunkBytes, statSync(file).size);
    return sum + Math.max(0, end - offset);
  }, 0);
}

describe('an upload by the page', () => {
  it('survives a server that is killed and restarted, and sends at most one chunk twice', async () => {
    const before = (await videos()).length;
    await choose();
    await expect.poll(() => offsets.at(-1), { timeout: 30_000, interval: 5 }).toBe(chunkBytes);
    await server.kill();
    await page.getByText('Connection lost. Trying again…').waitFor();
    server = await startAppServer({}, server);
    await untilArrived(before + 1);
    expect(bytesSentAgain()).toBeLessThanOrEqual(chunkBytes);
  });

  it('continues after a reload when the same file is chosen again', async () => {
    const before = (await videos()).length;
    await choose();
    await expect.poll(() => offsets.at(-1), { timeout: 30_000, interval: 5 }).toBe(chunkBytes);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await choose();
    await untilArrived(before + 1);
    expect(bytesSentAgain()).toBeLessThanOrEqual(chunkBytes);
  });

  it('starts over when the server has forgotten what the browser remembers', async () => {
    const before = (await videos()).length;
    const release = await holdAt(chunkBytes);
    await choose();
    await expect.poll(rememberedUploads, { timeout: 30_000 }).toHaveLength(1);
    const remembered = await rememberedUploads();
    await cancel();
    await release();
    await expect.poll(uploads).toEqual([]);
    // As after a crash of the browser: it still remembers what the server has removed.
    await page.evaluate((entries) => {
      for (const [key, value] of entries) localStorage.setItem(key, value);
    }, remembered);
    await choose();
    await untilArrived(before + 1);
    expect(await rememberedUploads()).toEqual([]);
  });

  it('finds its video when the answer to the last chunk is lost', async () => {
    const before = (await videos()).length;
    let lost = 0;
    await page.route('**/api/uploads/*', async (route) => {
      const offset = Number(route.request().headers()['upload-offset']);
      if (lost > 0 || offset !== 3 * chunkBytes) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await choose();
    await untilArrived(before + 1);
    await expect.poll(() => page.getByTestId('upload-row').count()).toBe(0);
    expect([lost, bytesSentAgain()]).toEqual([1, 0]);
    expect((await videos()).at(0).packages).toHaveLength(1);
  });

  it('is removed from the server when it is canceled', async () => {
    const before = (await videos()).length;
    const release = await holdAt(chunkBytes);
    await choose();
    await expect.poll(() => offsets.at(-1), { timeout: 30_000, interval: 5 }).toBe(chunkBytes);
    await button(/^cancel the upload of/i).click();
    await button('Keep uploading').click();
    expect(await page.getByTestId('upload-row').count()).toBe(1);
    await cancel();
    await release();
    await expect.poll(uploads).toEqual([]);
    expect(await page.getByTestId('upload-row').count()).toBe(0);
    expect((await videos()).length).toBe(before);
  });

  it('of the same file twice at once makes two videos', async () => {
    const before = (await videos()).length;
    await choose();
    await expect.poll(() => offsets.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    await choose();
    await untilArrived(before + 2);
  });
});
