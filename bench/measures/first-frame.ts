import { type Browser, chromium } from 'playwright-core';
import { serveBarePlayer } from '../bare-player';
import { Skip } from '../bench-context';
import { medianRatio } from '../median';
import { finishedPackage } from '../packaging';
import { prove } from '../proofs/prove';
import type { Measure } from './measure';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--autoplay-policy=no-user-gesture-required',
];

export const firstFrame: Measure = {
  number: 8,
  title: 'first frame on /play',
  against: 'a bare Shaka page on the same package',
  async run(bench) {
    const executablePath = bench.tools.chromium;
    if (!executablePath) throw new Skip('Chromium is missing');
    const { server, view, folder } = await finishedPackage(bench);
    const bare = await serveBarePlayer(folder, server.origin + view.links.license);
    const browser = await chromium.launch({ executablePath, args: flags });
    try {
      const [ours, theirs]: [number[], number[]] = [[], []];
      // The first page load of each also starts browser processes.
      await frameAfter(browser, server.origin + view.links.play);
      await frameAfter(browser, bare.url);
      for (let i = 0; i < bench.sizes.firstFrames; i += 1) {
        ours.push(await frameAfter(browser, server.origin + view.links.play));
        theirs.push(await frameAfter(browser, bare.url));
      }
      const figures = [{ name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atMost: 1.3 } }];
      const proofs = ['each time the license was requested, and playback continued for a second'];
      return { ours, theirs, unit: 'ms', figures, proofs, notes: [] };
    } finally {
      await browser.close();
      await bare.stop();
    }
  },
};

/** The milliseconds from navigation to the first frame that the page presents, with nothing cached. */
async function frameAfter(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    let licenses = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/license')) licenses += 1;
    });
    await page.addInitScript({ content: watchFirstFrame });
    await page.goto(url, { waitUntil: 'commit' });
    const played = () => (document.querySelector('video')?.currentTime ?? 0) > 1;
    await page.waitForFunction(played, undefined, { timeout: 30_000 });
    const seen = await page.evaluate(() => ({
      first: Number((window as { firstFrame?: number }).firstFrame ?? 0),
      frames: document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    }));
    prove(licenses > 0 && seen.frames > 10 && seen.first > 0, `${url} did not play: ${JSON.stringify(seen)}`);
    return seen.first;
  } finally {
    await context.close();
  }
}

/**
 * Runs in the page: records when its video presents its first frame, counted from the navigation. A string,
 * so that it is not transpiled.
 */
const watchFirstFrame = `
  const watch = () => {
    const video = document.querySelector('video');
    if (!video) return requestAnimationFrame(watch);
    video.requestVideoFrameCallback(() => { window.firstFrame = performance.now(); });
  };
  watch();`;
