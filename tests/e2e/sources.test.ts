import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { longClip, rotatedClip, type SourceName, sourceClip } from '../fixtures/source-clips';
import { postJson, untilReady, uploadFile } from '../harness/api';
import { type AppServer, oneRung, startAppServer } from '../harness/app-server';
import { startBrowser } from '../harness/browser';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  const settings = { ...oneRung, JOB_CONCURRENCY: '2' };
  [server, browser] = await Promise.all([startAppServer(settings), startBrowser()]);
  await requestAll();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function openPage({ links }: PackageView): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(server.origin + links.play);
  return page;
}

/** Plays a package to its end, and returns what Chromium showed. */
async function playToEnd(made: PackageView) {
  const page = await openPage(made);
  // The last frame or the last audio may end a little before the duration.
  const isOver = () => {
    const video = document.querySelector('video');
    return (
      video !== null && video.readyState > 0 && (video.ended || video.duration - video.currentTime < 0.15)
    );
  };
  await page.waitForFunction(isOver, null, { timeout: 60_000 });
  expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
  const shown = await page.evaluate(() => {
    const video = document.querySelector('video');
    const { totalVideoFrames: frames = 0 } = video?.getVideoPlaybackQuality() ?? {};
    return { frames, width: video?.videoWidth, height: video?.videoHeight, seconds: video?.duration ?? 0 };
  });
  await page.close();
  return shown;
}

/** What each source becomes: the displayed size, and the fewest frames that three seconds of it must show. */
const sources: [
  SourceName,
  { size?: [number, number]; frames: number; audioTracks?: number; seconds?: number },
][] = [
  ['h264-8bit.mov', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['h264-10bit.mp4', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['hevc-8bit.mp4', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['hevc-10bit.mkv', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['vp8-vorbis.webm', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['vp9-opus.webm', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['av1-opus.mkv', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['mpeg2-interlaced.mpg', { frames: 60, audioTracks: 1 }],
  ['mpeg4-mp3.avi', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['mjpeg-pcm.avi', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['prores-pcm.mov', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['prores-alpha.mov', { size: [320, 180], frames: 60 }],
  ['wmv2-wmav2.wmv', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['flv1-mp3.flv', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['h264-aac.ts', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['hdr-pq.mkv', { size: [320, 180], frames: 60 }],
  ['hdr-hlg.mp4', { size: [320, 180], frames: 60 }],
  ['variable-rate.mp4', { size: [320, 180], frames: 28, audioTracks: 1 }],
  ['anamorphic.mpg', { frames: 60, audioTracks: 1 }],
  ['late-start.ts', { size: [320, 180], frames: 60, audioTracks: 1 }],
  ['no-audio.mp4', { size: [320, 180], frames: 60, audioTracks: 0 }],
  ['odd-size.mkv', { frames: 60, audioTracks: 1 }],
  ['vertical.mp4', { frames: 75, audioTracks: 1 }],
  ['fast.mp4', { size: [320, 180], frames: 120 }],
  ['surround.mkv', { size: [320, 180], frames: 60, audioTracks: 2 }],
  ['eac3-dts.mkv', { size: [320, 180], frames: 60, audioTracks: 2 }],
  ['short.mp4', { size: [320, 180], frames: 3, audioTracks: 1, seconds: 0.2 }],
  ['tiny-video.mp4', { size: [64, 48], frames: 60 }],
];

/** Everything is requested at the start: the server packages the next sources while the browser plays. */
const requested = new Map<string, PackageView>();
const others: Record<string, () => string> = {
  'one-frame.mp4': () => sourceClip('one-frame.mp4'),
  'rotated.mp4': rotatedClip,
  'audio-only.mp4': () => sourceClip('audio-only.mp4'),
  'three-hours.mkv': longClip,
};

async function requestAll(): Promise<void> {
  const clips = Object.entries(others);
  for (const [name] of sources) clips.push([name, () => sourceClip(name)]);
  for (const [name, draw] of clips) {
    const { links } = await uploadFile(server.origin, draw());
    requested.set(name, await (await postJson(server.origin + links.packages, {})).json());
  }
}

async function packageOf(name: string): Promise<PackageView> {
  const view = requested.get(name);
  if (!view) throw new Error(`${name} was not requested.`);
  return untilReady(server.origin, view);
}

describe.concurrent('from upload to frames in Chromium:', () => {
  for (const [name, { size, frames, audioTracks, seconds = 3 }] of sources) {
    it(name, async () => {
      const made = await packageOf(name);
      if (audioTracks !== undefined)
        expect(made.tracks.filter(({ kind }) => kind === 'audio')).toHaveLength(audioTracks);
      const shown = await playToEnd(made);
      expect(shown.frames).toBeGreaterThanOrEqual(frames);
      expect(Math.abs(shown.seconds - seconds)).toBeLessThan(0.15);
      if (size) expect([shown.width, shown.height]).toEqual(size);
    });
  }

  it('one frame: it is shown', async () => {
    const page = await openPage(await packageOf('one-frame.mp4'));
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) === 320);
    expect(await page.locator('[data-testid=player-error]').count()).toBe(0);
    await page.close();
  });

  it('a phone video that is turned: upright', async () => {
    const shown = await playToEnd(await packageOf('rotated.mp4'));
    expect([shown.width, shown.height]).toEqual([180, 320]);
    expect(shown.frames).toBeGreaterThanOrEqual(60);
  });

  it('audio alone', async () => {
    const made = await packageOf('audio-only.mp4');
    expect(made.tracks.map(({ kind }) => kind)).toEqual(['audio']);
    expect((await playToEnd(made)).seconds).toBeGreaterThan(2.9);
  });

  it('three hours: the end plays after a seek', async () => {
    const made = await packageOf('three-hours.mkv');
    const page = await openPage(made);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
    await page.evaluate(() => {
      const video = document.querySelector('video');
      if (video) video.currentTime = video.duration - 3;
    });
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 10_798.5);
    await page.close();
    expect(Math.abs(made.durationSeconds - 10_800)).toBeLessThan(0.5);
  });
});
