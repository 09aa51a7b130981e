import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemes } from '@/lib/media/scheme';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { startBrowser } from '../support/browser';
import { playerNames, playWith } from '../support/player-page';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const packagings = [
  ...schemes.map((scheme) => ({ scheme, keys: 'one' })),
  { scheme: 'cenc', keys: 'per-track-type' },
];

describe.each(packagings)('a package of $scheme, keys: $keys', (options) => {
  let made: PackageView;
  beforeAll(async () => {
    const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
    made = await packageUntilReady(server.origin, video.id, options);
  });

  it.each(playerNames)('plays in %s', async (name) => {
    const { frames, errors, licenses } = await playWith(browser, server.origin, name, made.links, 2);
    expect(errors).toEqual([]);
    // Two seconds at 25 frames a second. A frozen or black player shows at most one frame.
    expect(frames).toBeGreaterThanOrEqual(40);
    expect(new Set(licenses)).toEqual(new Set([made.links.license]));
  });
});
