import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoPage } from '@/lib/videos/list-videos';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { newUser, startProtectedServer } from '../harness/people';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

it('an empty library explains how it works, and has nothing to search', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.getByText('No videos yet').waitFor();
  expect(await page.getByRole('searchbox').count()).toBe(0);
  await page.goto(`${server.origin}/?q=zebra`);
  await page.getByText('Nothing found').waitFor();
  await page.getByRole('button', { name: 'Show all videos' }).click();
  await page.getByText('No videos yet').waitFor();
  await page.close();
});

it('two dropped files are uploaded, packaged and played, from the library page alone', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.locator('input[type=file]').setInputFiles([clip('h264-aac.mp4'), clip('vp8-vorbis.webm')]);
  const play = page.getByRole('link', { name: /play/i });
  await expect.poll(() => play.count(), { timeout: 90_000 }).toBe(2);
  await play.first().click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1, null, {
    timeout: 60_000,
  });
  await page.close();
});

it('a file that is no video is refused with a reason, and none is added', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  const before = (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'note.mp4', mimeType: 'video/mp4', buffer: Buffer.from('hello') });
  await page
    .getByText(/not a video/i)
    .first()
    .waitFor({ timeout: 30_000 });
  expect((await (await fetch(`${server.origin}/api/videos`)).json()).items).toHaveLength(before);
  await page.close();
});

it('the server renders the newest videos, and the browser takes them over as they are', async () => {
  const { title } = await uploadFile(server.origin, clip('audio.mp4'), 'Rendered by the server.mp4');
  const withoutScripts = await browser.newContext({ javaScriptEnabled: false });
  const read = await withoutScripts.newPage();
  await read.goto(server.origin);
  expect(await read.getByTestId('video-card').first().textContent()).toContain(title);
  await withoutScripts.close();

  // React reports text that differs from the server's as an error, and renders the page anew.
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(server.origin);
  await page.getByText('Options').click();
  await page.getByLabel('Use my own key').waitFor();
  expect(errors).toEqual([]);
  await page.close();
});

/** The requests of a page to the API's videos and packages, from now on. */
function watchRequests(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (/^\/api\/(videos|packages)(\/\d+)?$/.test(pathname)) seen.push(pathname + search);
  });
  return seen;
}

const titlesOf = (page: Page) => page.getByTestId('video-card').getByRole('heading').allTextContents();

it('search, order and filters are in the address, which can be shared and goes back and forward', async () => {
  for (const name of ['Quokka two.mp4', 'quokka one.mp4', 'Other.mp4'])
    await uploadFile(server.origin, clip('audio.mp4'), name);
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.getByRole('searchbox', { name: 'Search videos' }).fill('quok');
  await page.getByText('2 videos found').waitFor();
  expect(await titlesOf(page)).toEqual(['quokka one', 'Quokka two']);
  await page.getByLabel('Order').selectOption('title');
  await page.waitForURL('**/?q=quok&sort=title');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Status').selectOption('ready');
  await page.getByText('No video fits this search').waitFor();
  expect(await page.getByLabel('Owner').count()).toBe(0); // without accounts
  await page.goBack();
  await page.getByText('2 videos found').waitFor();
  await page.goBack();
  await page.waitForURL('**/?q=quok');
  await page.goBack();
  await page.getByText('Other', { exact: true }).waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
  await page.goForward();
  await page.getByText('2 videos found').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('quok');

  const shared = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await shared.goto(`${server.origin}/?q=quok&sort=title&status=unpackaged&from=2026-01-01&page=1`);
  expect(await titlesOf(shared)).toEqual(['quokka one', 'Quokka two']);
  await shared.goto(`${server.origin}/?q=quok&sort=best&status=x&from=2026-02-30&page=0`);
  expect(await titlesOf(shared)).toHaveLength(2);
  await shared.context().close();
  await page.close();
});

it('a page of the library costs one request at most', async () => {
  const { total } = await (await fetch(`${server.origin}/api/videos?limit=1`)).json();
  for (let i = total; i < 26; i += 1) await uploadFile(server.origin, clip('audio.mp4'), `Numbat ${i}.mp4`);
  const page = await browser.newPage();
  const seen = watchRequests(page);
  await page.goto(server.origin);
  await page.getByText('Page 1 of 2').waitFor();
  await page.waitForTimeout(1500);
  expect(seen).toEqual([]); // the server rendered it
  expect(await titlesOf(page)).toHaveLength(24);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText('Page 2 of 2').waitFor();
  await page.waitForTimeout(1500);
  expect(seen).toEqual(['/api/videos?page=2&limit=24']);
  const second = await titlesOf(page);
  expect(second).toHaveLength(Math.max(26, total) - 24);
  await page.goto(`${server.origin}/?page=2`);
  await page.waitForTimeout(1500);
  expect(await titlesOf(page)).toEqual(second);
  expect(seen).toHaveLength(1);
  await page.getByRole('link', { name: 'Previous' }).click();
  await page.getByText('Page 1 of 2').waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.close();
});

it('packages in work are refreshed, and nothing else, until they are ready', async () => {
  const { id } = await uploadFile(server.origin, clip('vp8-vorbis.webm'), 'Pangolin.webm');
  const made = await postJson(`${server.origin}/api/videos/${id}/packages`, {});
  const { links } = await made.json();
  const page = await browser.newPage();
  const seen = watchRequests(page);
  await page.goto(server.origin);
  const card = page.getByTestId('video-card').filter({ hasText: 'Pangolin' });
  await card
    .locator('[data-status=ready]')
    .or(card.getByText('Ready', { exact: true }))
    .waitFor({ timeout: 90_000 });
  await page.waitForTimeout(1500);
  const lists = seen.filter((address) => address.startsWith('/api/videos'));
  expect(lists).toEqual(['/api/videos?limit=24']); // once it has ended
  expect([...new Set(seen.filter((address) => !lists.includes(address)))]).toEqual([links.self]);
  const { length } = seen;
  await page.waitForTimeout(2500);
  expect(seen).toHaveLength(length);
  await page.close();
});

it('title and description are changed on the page of a video, and shown wherever it is', async () => {
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'), 'IMG 0042.mp4');
  expect(video).toMatchObject({ title: 'IMG 0042', description: '', owner: null });
  const page = await browser.newPage();
  await page.goto(server.origin + video.links.page);
  await page.getByRole('button', { name: 'Edit title and description' }).click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The title must have 1 to 200 characters.').waitFor();
  expect(await title.getAttribute('aria-invalid')).toBe('true');
  await title.fill('Lesson on Wombats');
  await page.getByRole('textbox', { name: 'Description' }).fill('Where they live.\nWhat they eat.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Lesson on Wombats' }).waitFor();
  await page.getByText('Where they live.').waitFor();
  await page.reload();
  expect(await page.title()).toBe('Lesson on Wombats · Cenclave');
  const pkg = await packageUntilReady(server.origin, video.id);
  expect(pkg).toMatchObject({ videoName: 'IMG 0042.mp4', videoTitle: 'Lesson on Wombats' });
  await page.goto(server.origin + pkg.links.play);
  await page.getByRole('heading', { name: 'Lesson on Wombats' }).waitFor();
  expect(await page.title()).toBe('Lesson on Wombats · Cenclave');
  await page.goto(`${server.origin}/?q=eat wombat`);
  await page.getByText('1 video found').waitFor();
  await page.close();
});

it('the API pages every order by cursors, and refuses those of another', async () => {
  const get = async (query: string) => (await fetch(`${server.origin}/api/videos?${query}`)).json();
  for (const sort of ['newest', 'oldest', 'title', 'longest', 'largest']) {
    const ids: number[] = [];
    let cursor = '';
    do {
      const page = await get(`sort=${sort}&limit=10${cursor}`);
      ids.push(...page.items.map(({ id }: { id: number }) => id));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      expect(page.total).toBeGreaterThanOrEqual(26);
    } while (cursor !== '');
    const all = await get(`sort=${sort}&limit=200`);
    expect(ids).toEqual(all.items.map(({ id }: { id: number }) => id));
    expect(new Set(ids).size).toBe(all.total);
  }
  const { nextCursor } = await get('sort=title&limit=1');
  expect(await get(`sort=oldest&cursor=${nextCursor}`)).toMatchObject({ code: 'bad-query', field: 'cursor' });
  expect(await get('owner=me')).toMatchObject({ code: 'bad-query', field: 'owner' });
});

it('with accounts, videos show their owner, and the library is filtered by it', async () => {
  const home = await startProtectedServer();
  const ann = await newUser(home, 'Ann', 'editor');
  const own = await uploadFile(home.origin, clip('audio.mp4'), 'Of Ann.mp4', ann);
  const roots = await uploadFile(home.origin, clip('audio.mp4'), 'Of root.mp4', home.root);
  expect(own.owner).toMatchObject({ name: 'Ann' });
  const list = async (query: string, who: Record<string, string>) =>
    (await (await fetch(`${home.origin}/api/videos?${query}`, { headers: who })).json()) as VideoPage;
  expect(await list('', ann)).toMatchObject({ total: 1, items: [{ id: own.id, owner: own.owner }] });
  expect(await list('owner=me', home.root)).toMatchObject({ total: 1, items: [{ id: roots.id }] });
  expect(await list(`owner=${own.owner?.id}`, home.root)).toMatchObject({
    total: 1,
    items: [{ id: own.id }],
  });
  expect(await list(`owner=${roots.owner?.id}`, ann)).toMatchObject({ total: 0, items: [] });

  for (const [who, owners] of [
    [home.root, ['Anyone', 'Me', 'Ann']] as const,
    [ann, ['Anyone', 'Me']] as const,
  ]) {
    const page = await (await browser.newContext({ extraHTTPHeaders: who })).newPage();
    await page.goto(`${home.origin}/?q=of`);
    await page.getByRole('button', { name: 'Filters' }).click();
    expect(await page.getByLabel('Owner').locator('option').allTextContents()).toEqual(owners);
    await page.getByLabel('Owner').selectOption(owners.at(-1) ?? '');
    await page.waitForURL(/owner=/);
    await page.getByText('1 video found').waitFor();
    expect(await titlesOf(page)).toEqual(['Of Ann']);
    await page.context().close();
  }
  await home.stop();
});
