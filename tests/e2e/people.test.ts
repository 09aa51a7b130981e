import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import {
  goodPassword,
  newShare,
  newUser,
  type ProtectedServer,
  startProtectedServer,
} from '../harness/people';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** A page in a browser of its own, which fails the test on an error of a script. */
async function newPage(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

const hasPlayed = (page: Page, seconds: number) =>
  page.waitForFunction((until) => (document.querySelector('video')?.currentTime ?? 0) > until, seconds, {
    timeout: 60_000,
  });

async function signInOn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('from the first start on', () => {
  let server: AppServer;
  beforeAll(async () => {
    server = await startAppServer({ ACCESS: 'protected' });
  });
  afterAll(() => server.stop());

  it('an administrator sets it up and invites an editor, who uploads, packages and plays', async () => {
    const page = await newPage();
    await page.goto(server.origin);
    await page.getByText('setup-token').waitFor();
    const token = readFileSync(path.join(server.storage, 'setup-token'), 'utf8').trim();
    await page.goto(`${server.origin}/setup#${token}`);
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('E-mail').fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.getByText('Library').first().waitFor();

    await page.goto(`${server.origin}/users`);
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByLabel('Name').fill('Ed');
    await page.getByLabel('E-mail').fill('ed@example.org');
    await page.getByRole('radio', { name: /Editor/ }).check();
    await page.getByRole('button', { name: 'Create user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('/invitation#').waitFor();
    const link = /http:\S+\/invitation#[\w-]{43}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';

    const editor = await newPage();
    await editor.goto(link);
    await editor.getByLabel('Password', { exact: true }).fill(goodPassword);
    await editor.getByRole('button', { name: 'Set password and sign in' }).click();
    await editor.locator('input[type=file]').setInputFiles(clip('h264-aac.mp4'));
    const play = editor.getByRole('link', { name: /play/i });
    await expect.poll(() => play.count(), { timeout: 90_000 }).toBe(1);
    await play.click();
    await hasPlayed(editor, 1);
    expect(await editor.locator('header button[aria-expanded]').textContent()).toContain('Ed');
  });
});

describe('on a running server', () => {
  let server: ProtectedServer;
  let packageId: number;
  let videoId: number;
  beforeAll(async () => {
    server = await startProtectedServer();
    const ann = await newUser(server, 'ann', 'editor');
    const video = await uploadFile(server.origin, clip('h264-aac.mp4'), 'lesson.mp4', ann);
    ({ id: packageId } = await packageUntilReady(server.origin, video.id, {}, ann));
    videoId = video.id;
  });
  afterAll(() => server.stop());

  it('who is not signed in is asked to, and then sees what was asked for', async () => {
    const page = await newPage();
    await page.goto(`${server.origin}/play/${packageId}?a=b`);
    await signInOn(page, 'ann@example.org');
    await hasPlayed(page, 0.5);
    expect(new URL(page.url()).pathname).toBe(`/play/${packageId}`);
    await page.locator('header button[aria-expanded]').click();
    await page.getByText('Sign out').click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(`${server.origin}/play/${packageId}`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('a wrong password is answered in the form', async () => {
    const page = await newPage();
    await page.goto(`${server.origin}/sign-in`);
    await page.getByLabel('E-mail').fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill('not this password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ann@example.org');
  });

  it('an owner makes a link with a password; who has both plays that package and nothing else', async () => {
    const owner = await newPage();
    await owner.goto(`${server.origin}/sign-in?returnTo=/videos/${videoId}`);
    await signInOn(owner, 'ann@example.org');
    await owner.getByText('Share links', { exact: true }).click();
    await owner.getByRole('button', { name: 'New share link' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Class 4b');
    await dialog.getByLabel(/^Password/).fill('open sesame');
    await dialog.getByRole('button', { name: 'Make link' }).click();
    await owner.getByText('/s/').first().waitFor();
    const link =
      /http:\S+\/s\/[\w-]{43}/.exec((await owner.getByRole('dialog').textContent()) ?? '')?.[0] ?? '';

    const viewer = await newPage();
    await viewer.goto(link);
    await viewer.getByLabel('Password', { exact: true }).fill('wrong');
    await viewer.getByRole('button', { name: 'Watch' }).click();
    await viewer.getByText('The password is wrong.').waitFor();
    await viewer.getByLabel('Password', { exact: true }).fill('open sesame');
    await viewer.getByRole('button', { name: 'Watch' }).click();
    await hasPlayed(viewer, 1);
    expect(new URL(viewer.url()).pathname).toBe(`/play/${packageId}`);
    expect(await viewer.getByText('Details').count()).toBe(0);
    const statusOf = (address: string) =>
      viewer.evaluate(async (url) => (await fetch(url, { redirect: 'manual' })).status, address);
    for (const address of ['/api/videos', `/api/videos/${videoId}`, `/download/${packageId}`, '/api/users'])
      expect([address, await statusOf(address)]).toEqual([address, 403]);
    expect(await statusOf(`/videos/${videoId}`)).toBe(404);

    await owner.reload();
    await owner.getByText('Share links', { exact: true }).click();
    await owner.getByText('Class 4b').waitFor();
    expect(await owner.getByTestId('share-list').textContent()).toMatch(/1/);
    await owner
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click();
    await owner.getByRole('button', { name: 'Revoke link', exact: true }).click();
    await expect.poll(() => statusOf(`/api/packages/${packageId}`)).toBe(401);
    await viewer.goto(link);
    await viewer.getByText('does not work any more').waitFor();
  });
});

it('a link ends with its time, and a download is only for links that allow it', async () => {
  const server = await startProtectedServer();
  try {
    const video = await uploadFile(server.origin, clip('audio.mp4'), 'a.mp4', server.root);
    const made = await packageUntilReady(server.origin, video.id, {}, server.root);
    const get = (as: Record<string, string>, address: string) =>
      fetch(server.origin + address, { headers: { Cookie: as.Cookie ?? '' } });
    const plain = await newShare(server, server.root, made.id);
    const withDownload = await newShare(server, server.root, made.id, { allowsDownload: true, name: 'Both' });
    const download = `/download/${made.id}`;
    expect((await get(plain, download)).status).toBe(403);
    expect((await get(withDownload, download)).status).toBe(200);
    const manifest = await get(plain, made.links.manifest ?? '');
    expect([manifest.status, manifest.headers.get('cache-control')]).toEqual([
      ...[200, 'private, max-age=31536000, immutable'],
    ]);
    const { items } = await (
      await fetch(`${server.origin}/api/packages/${made.id}/shares`, { headers: server.root })
    ).json();
    expect(items).toMatchObject([
      { name: 'Both', views: 1, allowsDownload: true, hasPassword: false },
      { name: '', views: 1, allowsDownload: false },
    ]);
    expect(JSON.stringify(items)).not.toContain(plain.url.split('/').at(-1));
    const gone = await fetch(`${server.origin}/api/shares/${plain.id}`, {
      method: 'DELETE',
      headers: server.root,
    });
    expect(gone.status).toBe(204);
    expect((await get(plain, made.links.manifest ?? '')).status).toBe(401);
    expect((await get(withDownload, made.links.manifest ?? '')).status).toBe(200);
  } finally {
    await server.stop();
  }
});
