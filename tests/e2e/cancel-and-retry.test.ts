import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { clip, drawClip, testPattern } from '../fixtures/clips';
import { postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { filesOfJobs } from '../harness/leftovers';
import { makeFolder } from '../harness/make-folder';
import { processesWith } from '../harness/processes';

const cuts = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '38', '-pix_fmt', 'yuv420p', '-g', '50'];
/** Its video can be copied, but encoding it with this ladder takes minutes. */
const longVideo = () =>
  drawClip('noise.mp4', [...testPattern('1280x720', 25, 30), '-vf', 'noise=alls=60:allf=t', ...cuts]);

let server: AppServer;
let browser: Browser;
let long: PackageView;
const settingsFolder = makeFolder();
beforeAll(async () => {
  const ladder = path.join(settingsFolder, 'ladder.json');
  writeFileSync(ladder, JSON.stringify({ preset: 'veryslow' }));
  const settings = { JOB_CONCURRENCY: '1', LADDER_FILE: ladder };
  [server, browser] = await Promise.all([startAppServer(settings), startBrowser()]);
  long = await request(longVideo());
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(settingsFolder, { recursive: true });
});

async function request(file: string, name?: string): Promise<PackageView> {
  const video: VideoView = await uploadFile(server.origin, file, name);
  return (await postJson(server.origin + video.links.packages, {})).json();
}

const viewOf = async ({ links }: PackageView): Promise<PackageView> =>
  (await fetch(server.origin + links.self)).json();
/** Waits until the first version of the long video is playable and its ladder is being encoded. */
const untilEncoding = () =>
  expect
    .poll(() => viewOf(long), { timeout: 60_000 })
    .toMatchObject({ status: 'processing', stage: 'encode', playable: true });
const tools = () => processesWith(path.join(server.storage, 'work'));

async function openPanel(pkg: PackageView): Promise<{ page: Page; panel: Locator }> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.origin}/videos/${pkg.videoId}`);
  return { page, panel: page.getByTestId('package-panel') };
}

const button = (within: Locator, name: string) => within.getByRole('button', { name, exact: true });
const badge = (within: Locator, status: PackageView['status']) =>
  within.locator(`[data-testid=package-badge][data-status=${status}]`);

it('shows the queue, moves a package to the front, and cancels and retries a waiting one', async () => {
  await untilEncoding();
  const first = await request(clip('h264-aac.mp4'), 'first.mp4');
  const second = await request(clip('vp8-vorbis.webm'), 'second.webm');
  const { page, panel } = await openPanel(second);
  await panel.getByText('One other job runs first.').waitFor();
  await panel.getByText('Place 2 in the queue').waitFor();
  await button(panel, 'Do next').click();
  await panel.getByText('It starts when a running job ends.').waitFor();
  await button(panel, 'Do next').waitFor({ state: 'detached' });
  expect((await viewOf(second)).waiting).toMatchObject({ place: 1, priority: 'high' });

  await page.goto(server.origin);
  const card = page.getByTestId('video-card').filter({ hasText: first.videoTitle });
  await card.getByText('One other job runs first.').waitFor();
  await button(card, 'Cancel').click(); // nothing is lost: no confirmation
  await badge(card, 'canceled').waitFor();
  await card.getByText('Packaging was canceled before there was anything to play.').waitFor();
  await button(card, 'Try again').click();
  await badge(card, 'queued').waitFor();
  for (const pkg of [first, second]) {
    await button(page.getByTestId('video-card').filter({ hasText: pkg.videoTitle }), 'Cancel').click();
    await expect.poll(async () => (await viewOf(pkg)).status).toBe('canceled');
  }
  await page.context().close();
});

it('cancels running work, keeps only what is published, and continues on retry', async () => {
  const { page, panel } = await openPanel(long);
  await button(panel, 'Cancel').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^The published version still plays/).waitFor();
  await button(dialog, 'Keep working').click();
  await dialog.waitFor({ state: 'detached' });
  expect((await viewOf(long)).status).toBe('processing');
  expect(tools()).not.toEqual([]);

  // Until `unrouteAll`, the page sees the package as processing.
  const address = `${server.origin}/api/videos/${long.videoId}`;
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const video: VideoView = await response.json();
    const packages = video.packages.map((pkg) => ({ ...pkg, status: 'processing' }));
    await route.fulfill({ response, json: { ...video, packages } });
  });
  await button(panel, 'Cancel').click();
  await button(dialog, 'Cancel the work').click();
  await dialog.waitFor({ state: 'detached' });
  expect(await button(panel, 'Canceling…').isDisabled()).toBe(true);
  await expect.poll(() => viewOf(long)).toMatchObject({ status: 'canceled', playable: true, version: 1 });
  await expect.poll(tools).toEqual([]);
  await expect.poll(() => filesOfJobs(server.storage)).toEqual([]);
  await page.unrouteAll({ behavior: 'wait' });

  await badge(panel, 'canceled').waitFor();
  await panel.getByText('The published version still plays. The rest was canceled.').waitFor();
  await panel.getByRole('link', { name: 'Play', exact: true }).waitFor();
  expect((await fetch(server.origin + ((await viewOf(long)).links.manifest ?? ''))).status).toBe(200);

  await button(panel, 'Try again').click();
  await panel.getByText(/^Adding more resolutions/).waitFor();
  await untilEncoding();
  expect(tools()).not.toEqual([]);
  await page.context().close();
});

it('shows a failed attempt with the time of the next one, and a failed change', async () => {
  const message = 'FFmpeg was ended from outside.';
  const shown: Partial<PackageView> = { error: { code: 'tool-killed', message } };
  const { page, panel } = await openPanel(long);
  await page.route(`${server.origin}/api/videos/${long.videoId}`, async (route) => {
    const response = await route.fetch();
    const video: VideoView = await response.json();
    await route.fulfill({
      response,
      json: { ...video, packages: video.packages.map((pkg) => ({ ...pkg, ...shown })) },
    });
  });
  shown.status = 'queued';
  shown.waiting = {
    reason: 'retry',
    message: 'Attempt 1 of 3 failed. The next one starts automatically.',
    place: 1,
    priority: 'normal',
    notBefore: new Date(Date.now() + 60_000).toISOString(),
  };
  await panel.getByText(`${message} Attempt 1 of 3 failed. The next one starts automatically.`).waitFor();
  await panel.getByText(/^Next attempt in \d+ seconds?$/).waitFor();
  expect(await button(panel, 'Do next').count()).toBe(0);
  Object.assign(shown, { status: 'ready', waiting: null });
  await panel.getByText(`The last change failed: ${message}`).waitFor();
  expect(await button(panel, 'Cancel').count()).toBe(0);
  await page.unrouteAll({ behavior: 'wait' });
  await page.context().close();
});
