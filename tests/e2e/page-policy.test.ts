import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, oneRung, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

let server: AppServer;
let browser: Browser;
let made: PackageView;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(oneRung), startBrowser()]);
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
  made = await packageUntilReady(server.origin, video.id);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const report = `addEventListener('securitypolicyviolation', (event) => recordViolation(
  [event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber, event.sample].join(' ')))`;

/** Opens a page, uses it, and records its requests to other hosts and its policy violations. */
async function watchPage(path: string, use: (page: Page) => Promise<unknown>) {
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  const violations: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.origin && !['data:', 'blob:'].includes(protocol)) elsewhere.push(request.url());
  });
  // Browsers log the policies that they cannot parse.
  page.on('console', (message) => {
    if (/policy/i.test(message.text())) violations.push(message.text());
  });
  await page.exposeFunction('recordViolation', (text: string) => violations.push(text));
  await page.addInitScript(report);
  const answer = await page.goto(server.origin + path);
  const headers = (await answer?.allHeaders()) ?? {};
  await use(page);
  const nonces = await page.$$eval('script:not([src])', (scripts) => scripts.map(({ nonce }) => nonce));
  await page.close();
  return { elsewhere, violations, nonces, headers };
}

/** Plays, and opens the player's menus, which have their own styles and icons. */
async function usePlayer(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1, null, {
    timeout: 60_000,
  });
  await page.mouse.move(300, 300);
  const menu = page.locator('.shaka-overflow-menu-button');
  await menu.click();
  await page.locator('.shaka-overflow-menu button:visible').first().click();
  await page.keyboard.press('Escape');
  await page.locator('.shaka-seek-bar-container').hover();
}

const shown = (name: RegExp | string) => (page: Page) => page.getByText(name).first().waitFor();

const pages: [string, () => string, (page: Page) => Promise<unknown>][] = [
  ['the library', () => '/', shown('h264-aac')],
  ['the player', () => `/play/${made.id}`, usePlayer],
  ['a video', () => `/videos/${made.videoId}`, shown('h264-aac.mp4')],
  ['a missing package', () => '/play/999', shown(/there is no/i)],
  ['an unknown address', () => '/nothing/here', shown('There is nothing at this address')],
];

it.each(pages)(
  '%s requests nothing from other hosts, and keeps to a policy with a nonce',
  async (_, path, use) => {
    const { elsewhere, violations, nonces, headers } = await watchPage(path(), use);
    expect({ elsewhere, violations }).toEqual({ elsewhere: [], violations: [] });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(new Set(nonces)).toEqual(new Set([nonce]));
    expect(headers['cache-control']).toMatch(/\bprivate\b.*\bno-store\b/);
    expect(headers['cache-control']).not.toMatch(/s-maxage|public/);
  },
);
