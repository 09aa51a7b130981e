import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { rotatedClip, type SourceName, sourceClip } from '../fixtures/source-clips';
import { packageUntilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { startBrowser } from '../support/browser';

let server: AppServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startAppServer(), startBrowser()]);
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function packageOf(file: string, scheme = 'cenc'): Promise<PackageView> {
  const video = await uploadFile(server.origin, file);
  return packageUntilReady(server.origin, video.id, { scheme });
}

/** Plays a package to its end, and tells what Chromium showed. */
async function playToEnd({ links }: PackageView) {
  await page.goto(server.origin + links.play);
  // The end may lie a little before the duration: the last frame's, or the last sound's.
  const isOver = () => {
    const video = document.querySelector('video');
    return (
      video !== null && video.readyState > 0 && (video.ended || video.duration - video.currentTime < 0.15)
    );
  };
  await page.waitForFunction(isOver, null, { timeout: 60_000 });
  expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
  return page.evaluate(() => {
    const video = document.querySelector('video');
    const { totalVideoFrames: frames = 0 } = video?.getVideoPlaybackQuality() ?? {};
    return { frames, width: video?.videoWidth, height: video?.videoHeight, seconds: video?.duration ?? 0 };
  });
}

/** What each source becomes: the picture's size as shown, the least frames that three seconds of it must show. */
const sources: [
  SourceName,
  { size?: [number, number]; frames: number; sounds?: number; seconds?: number },
][] = [
  ['h264-8bit.mov', { size: [320, 180], frames: 60, sounds: 1 }],
  ['h264-10bit.mp4', { size: [320, 180], frames: 60, sounds: 1 }],
  ['hevc-8bit.mp4', { size: [320, 180], frames: 60, sounds: 1 }],
  ['hevc-10bit.mkv', { size: [320, 180], frames: 60, sounds: 1 }],
  ['vp8-vorbis.webm', { size: [320, 180], frames: 60, sounds: 1 }],
  ['vp9-opus.webm', { size: [320, 180], frames: 60, sounds: 1 }],
  ['av1-opus.mkv', { size: [320, 180], frames: 60, sounds: 1 }],
  ['mpeg2-interlaced.mpg', { frames: 60, sounds: 1 }],
  ['mpeg4-mp3.avi', { size: [320, 180], frames: 60, sounds: 1 }],
  ['mjpeg-pcm.avi', { size: [320, 180], frames: 60, sounds: 1 }],
  ['prores-pcm.mov', { size: [320, 180], frames: 60, sounds: 1 }],
  ['prores-alpha.mov', { size: [320, 180], frames: 60 }],
  ['wmv2-wmav2.wmv', { size: [320, 180], frames: 60, sounds: 1 }],
  ['flv1-mp3.flv', { size: [320, 180], frames: 60, sounds: 1 }],
  ['h264-aac.ts', { size: [320, 180], frames: 60, sounds: 1 }],
  ['hdr-pq.mkv', { size: [320, 180], frames: 60 }],
  ['hdr-hlg.mp4', { size: [320, 180], frames: 60 }],
  ['variable-rate.mp4', { size: [320, 180], frames: 28, sounds: 1 }],
  ['anamorphic.mpg', { frames: 60, sounds: 1 }],
  ['late-start.ts', { size: [320, 180], frames: 60, sounds: 1 }],
  ['no-sound.mp4', { size: [320, 180], frames: 60, sounds: 0 }],
  ['odd-size.mkv', { frames: 60, sounds: 1 }],
  ['vertical.mp4', { frames: 75, sounds: 1 }],
  ['fast.mp4', { size: [320, 180], frames: 120 }],
  ['surround.mkv', { size: [320, 180], frames: 60, sounds: 2 }],
  ['short.mp4', { size: [320, 180], frames: 3, sounds: 1, seconds: 0.2 }],
  ['tiny-picture.mp4', { size: [64, 48], frames: 60 }],
];

describe('from upload to frames in Chromium:', () => {
  for (const [name, { size, frames, sounds, seconds = 3 }] of sources) {
    it(name, async () => {
      const made = await packageOf(sourceClip(name));
      if (sounds !== undefined)
        expect(made.tracks.filter(({ kind }) => kind === 'audio')).toHaveLength(sounds);
      const shown = await playToEnd(made);
      expect(shown.frames).toBeGreaterThanOrEqual(frames);
      expect(Math.abs(shown.seconds - seconds)).toBeLessThan(0.15);
      if (size) expect([shown.width, shown.height]).toEqual(size);
    });
  }

  it('one frame: a picture is shown', async () => {
    const made = await packageOf(sourceClip('one-frame.mp4'));
    await page.goto(server.origin + made.links.play);
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) === 320);
    expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
  });

  it('a phone turned upright: upright', async () => {
    const made = await packageOf(rotatedClip());
    const shown = await playToEnd(made);
    expect([shown.width, shown.height]).toEqual([180, 320]);
    expect(shown.frames).toBeGreaterThanOrEqual(60);
  });

  it('sound alone', async () => {
    const made = await packageOf(sourceClip('sound-only.mp4'));
    expect(made.tracks.map(({ kind }) => kind)).toEqual(['audio']);
    expect((await playToEnd(made)).seconds).toBeGreaterThan(2.9);
  });

  // The copies of these codecs are encrypted by rules of their own.
  for (const name of ['vp9-opus.webm', 'av1-opus.mkv'] as const) {
    it(`${name} by cbcs, copied, before its ladder`, async () => {
      const video = await uploadFile(server.origin, sourceClip(name));
      const made = await packageUntilReady(server.origin, video.id, { scheme: 'cbcs' });
      const first = { ...made, links: { ...made.links, play: `${made.links.play}` } };
      expect((await playToEnd(first)).frames).toBeGreaterThanOrEqual(60);
    });
  }
});
