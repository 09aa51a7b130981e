import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemes } from '@/lib/media/scheme';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, oneRung, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { playerNames, playWith } from '../harness/player-page';

const packagings = [
  ...schemes.map((scheme) => ({ scheme, keys: 'one' })),
  { scheme: 'cenc', keys: 'per-track-type' },
];

let server: AppServer;
let browser: Browser;
/** In the order of `packagings`: the server makes the next one while the browser plays. */
let packages: Promise<PackageView>[];
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(oneRung), startBrowser()]);
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
  packages = packagings.map((options) => packageUntilReady(server.origin, video.id, options));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe.each(packagings)('a package of $scheme, keys: $keys', (options) => {
  it.concurrent.each(playerNames)('plays in %s', async (name) => {
    const links = (await packages[packagings.indexOf(options)])?.links;
    if (!links) throw new Error('It was not requested.');
    const { frames, errors, licenses } = await playWith(browser, server.origin, name, links, 2);
    expect(errors).toEqual([]);
    // Two seconds at 25 frames a second. A frozen or black player shows at most one frame.
    expect(frames).toBeGreaterThanOrEqual(40);
    expect(new Set(licenses)).toEqual(new Set([links.license]));
  });
});
