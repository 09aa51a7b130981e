import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemes } from '@/lib/media/scheme';
import type { PackageView } from '@/lib/packages/package-view';
import { languagesClip, tones } from '../fixtures/browser-clips';
import { h264 } from '../fixtures/clips';
import { untaggedClip, untaggedColor } from '../fixtures/untagged-clip';
import { packageUntilReady, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { type AudioDevice, startAudioDevice } from '../harness/browsers/audio-device';
import { browserNames, type RealBrowser, startRealBrowser } from '../harness/browsers/real-browser';
import { untilVideo } from '../harness/browsers/watch-video';
import { type FlakyProxy, startFlakyProxy } from '../harness/flaky-proxy';
import { tempFolder } from '../harness/temp-folder';

let server: AppServer;
let proxy: FlakyProxy;
let untagged: PackageView;
/** In the order of `packagings`. */
let packages: PackageView[];

const isWithin = (value: number, least: number, most: number) => value >= least && value <= most;

const packagings = schemes.flatMap((scheme) => ['one', 'per-track-type'].map((keys) => ({ scheme, keys })));

/** The color in the middle of the video, which is as wide as the window, in a screenshot (PNG). */
async function middleOf(png: Uint8Array): Promise<number[]> {
  const file = path.join(tempFolder(), 'window.png');
  await writeFile(file, png);
  const crop = ['-vf', 'crop=1:1:iw/2:ih/3,format=rgb24', '-f', 'rawvideo', '-'];
  return [...execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...crop])];
}

beforeAll(async () => {
  server = await startAppServer({ LOG_LEVEL: 'debug' });
  const video = await uploadFile(server.origin, languagesClip());
  const untaggedVideo = await uploadFile(server.origin, untaggedClip('untagged-sd.mp4', 20, h264));
  untagged = await packageUntilReady(server.origin, untaggedVideo.id);
  expect(untagged.tracks[0]).toMatchObject({ isCopied: true });
  const made = packagings.map((options) => packageUntilReady(server.origin, video.id, options));
  [proxy, packages] = await Promise.all([startFlakyProxy(server.origin), Promise.all(made)]);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

describe.each(browserNames)('%s, as the system ships it', (name) => {
  let device: AudioDevice;
  let browser: RealBrowser;
  beforeAll(async () => {
    device = await startAudioDevice();
    browser = await startRealBrowser(name, device);
  });
  afterAll(async () => {
    await browser.close();
    await device.stop();
  });

  const open = async (play: string, choices: object = {}) => {
    await browser.goto(`${proxy.origin}/api/health`);
    await browser.evaluate(`localStorage.setItem('cenclave:player', '${JSON.stringify(choices)}')`);
    await browser.goto(proxy.origin + play);
  };

  /** Each language has a tone of its own. */
  const languageHeard = async () => {
    const frequency = await device.frequency();
    const found = Object.entries(tones).find(([, tone]) => Math.abs(frequency / tone - 1) < 0.05);
    return found?.[0] ?? `${frequency} Hz`;
  };

  const playsFrom = async (seconds: number) => {
    const first = await untilVideo(browser, (state) => isWithin(state.seconds - seconds, 0.1, 12));
    // Some browsers reset the frame counter on a seek, or when the player loads again.
    let fewest = first.frames;
    // 25 frames a second, fewer on a busy machine. A frozen or black video shows at most one frame.
    await untilVideo(browser, (state) => {
      fewest = Math.min(fewest, state.frames);
      return state.seconds >= first.seconds + 1.5 && state.frames - fewest >= 10;
    });
  };

  it.each(packagings)('plays $scheme with keys: $keys, from the start and after seeks', async (options) => {
    const made = packages[packagings.indexOf(options)];
    await open(made?.links.play ?? '');
    await playsFrom(0);
    // The viewer's language takes precedence over the default of the source.
    await expect.poll(languageHeard, { timeout: 30_000 }).toBe('en');
    for (const seconds of [14, 1]) {
      await browser.evaluate(`document.querySelector('video').pause()`);
      await browser.evaluate(`document.querySelector('video').currentTime = ${seconds}`);
      await untilVideo(browser, (state) => Math.abs(state.seconds - seconds) < 0.1);
      await browser.evaluate(`document.querySelector('video').play()`);
      await playsFrom(seconds);
    }
  });

  it('plays the chosen language and captions', async () => {
    const choices = {
      audio: { language: 'de', role: 'main', channels: 2 },
      text: { language: 'en', role: 'subtitle' },
    };
    await open(packages[2]?.links.play ?? '', choices);
    const { captions } = await untilVideo(browser, (state) => state.seconds > 0.5 && state.captions !== '');
    expect(captions).toContain('Frames move.');
    await expect.poll(languageHeard, { timeout: 30_000 }).toBe('de');
  });

  it('shows the right colors of untagged standard definition', async () => {
    await open(untagged.links.play);
    await playsFrom(0);
    const shown = await middleOf(await browser.screenshot());
    // How browsers round depends on the processor; with the matrix of BT.709, green would be off by 23.
    for (const [i, value] of shown.entries())
      expect(Math.abs(value - (untaggedColor[i] ?? 0)), `${shown}`).toBeLessThanOrEqual(8);
  });

  it('leaves no key in storage, addresses or logs', async () => {
    const [, made] = packages;
    const answer = await fetch(server.origin + (made?.links.keys ?? ''));
    const { keys } = (await answer.json()) as { keys: { keyHex: string }[] };
    expect(keys.length).toBeGreaterThan(1);
    await open(made?.links.play ?? '');
    await playsFrom(0);
    const left = await browser.evaluate<string>(`JSON.stringify([
      location.href, document.cookie, { ...localStorage }, { ...sessionStorage },
      performance.getEntriesByType('resource').map(({ name }) => name),
    ])`);
    expect(left).toContain('.mp4');
    expect(server.output()).toContain('packager-linux'); // the arguments of tools are logged
    for (const { keyHex } of keys)
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const written = Buffer.from(keyHex, 'hex').toString(encoding);
        for (const text of [left, server.output()]) expect(text.includes(written)).toBe(false);
      }
  });

  it('waits for a license that comes a second after the first segment', async () => {
    proxy.licenses.isLate = true;
    await open(packages[3]?.links.play ?? '');
    await playsFrom(0);
    proxy.licenses.isLate = false;
  });

  it('recovers from license requests that fail at first', async () => {
    proxy.licenses.failing = 2;
    await open(packages[0]?.links.play ?? '');
    await playsFrom(0);
    expect(proxy.licenses.failing).toBe(0);
  });
});
